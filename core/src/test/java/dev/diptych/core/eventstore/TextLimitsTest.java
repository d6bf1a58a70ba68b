package dev.diptych.core.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no store could keep is refused before it reaches one. */
class TextLimitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "half \ud83d", "\udd6f half"})
    void text_that_cannot_be_stored_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamName(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent(text, 1, "{}", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("t", 1, text, "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("t", 1, "{}", text));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandStamp(text, "print"));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandStamp("k", text));
    }

    @Test
    void names_have_a_longest_length() {
        assertThat(new StreamName("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamName("x".repeat(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandStamp("x".repeat(256), "print"));
    }

    @Test
    void versions_begin_at_1() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("t", 0, "{}", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> ExpectedVersion.exactly(0));
        assertThat(ExpectedVersion.of(0)).isEqualTo(ExpectedVersion.noStream());
        assertThat(ExpectedVersion.of(3)).isEqualTo(ExpectedVersion.exactly(3));
    }
}

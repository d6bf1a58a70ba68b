package dev.diptych.core.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that a store cannot keep is refused before it reaches the store. */
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
    void names_have_a_maximum_length() {
        assertThat(new StreamName("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamName("x".repeat(256)));
        assertThat(new CommandStamp("x".repeat(255), "y".repeat(255)).fingerprint())
                .hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandStamp("x".repeat(256), "print"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandStamp("k", "x".repeat(256)))
                .withMessage("A command's fingerprint must have 1 to 255 characters, but has 256");
        assertThat(new NewEvent("x".repeat(255), 1, "{}", "{}").type()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("x".repeat(256), 1, "{}", "{}"));
    }

    @Test
    void a_length_is_counted_in_code_points() {
        String longest = "🚚".repeat(255);
        assertThat(new StreamName(longest).value()).isEqualTo(longest);
        assertThat(new CommandStamp(longest, longest).commandId()).isEqualTo(longest);
        assertThat(new NewEvent(longest, 1, "{}", "{}").type()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamName(longest + "x"))
                .withMessage("A stream name must have 1 to 255 characters, but has 256");
        assertThat(Text.isText(longest, 255)).isTrue();
        assertThat(Text.isText(longest, 254)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "\u001f",
                "\u0085",
                "\u00a0",
                "\u1680",
                "\u2007",
                "\u2028",
                "\u2029",
                "\u202f",
                "\u3000",
                "\u00ad",
                "\u200b",
                "\u200d",
                "\u200e",
                "\u2060",
                "\ufeff",
                "\udb40\udc20",
                " \u00a0\u200b"
            })
    void white_space_controls_and_invisible_characters_are_blank(String text) {
        assertThat(Text.isText(text, 500)).isFalse();
        assertThat(Text.isText(text + "x", 500)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".", "é", "\u0301", "注", "🚚", "👩\u200d🚀", "\ue000", "\u0378"})
    void what_may_be_seen_is_not_blank(String text) {
        assertThat(Text.isText(text, 500)).isTrue();
    }

    @Test
    void json_has_a_maximum_length() {
        String longest = "x".repeat(16 * 1024 * 1024);
        assertThat(new NewEvent("t", 1, longest, "{}").payload()).hasSameSizeAs(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("t", 1, longest + "x", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("t", 1, "{}", longest + "x"));
    }

    @Test
    void text_outside_the_basic_multilingual_plane_is_kept() {
        assertThat(new StreamName("order-🚚").value()).isEqualTo("order-🚚");
        assertThat(new NewEvent("t", 1, "\"🚚\"", "{}").payload()).isEqualTo("\"🚚\"");
    }

    @Test
    void a_stream_name_has_a_category_and_an_id() {
        StreamName name = StreamName.of("order", "a-b-c");
        assertThat(name.value()).isEqualTo("order-a-b-c");
        assertThat(name.category()).isEqualTo("order");
        assertThat(name.id()).isEqualTo("a-b-c");
        assertThat(new StreamName("bare").category()).isEqualTo("bare");
        assertThat(new StreamName("bare").id()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> StreamName.of("two-words", "1"));
    }

    @Test
    void versions_start_at_1() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NewEvent("t", 0, "{}", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> ExpectedVersion.exactly(0, "h"));
        assertThat(ExpectedVersion.of(0, "h")).isEqualTo(ExpectedVersion.noStream());
        assertThat(ExpectedVersion.of(3, "h")).isEqualTo(ExpectedVersion.exactly(3, "h"));
    }
}

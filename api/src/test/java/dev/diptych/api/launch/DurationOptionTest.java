package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class DurationOptionTest {

    private static Optional<Duration> parse(String value) {
        return DurationOption.parse("--cancel-unpaid-after", value, Main.line());
    }

    @ParameterizedTest
    @CsvSource({"14d, P14D", "36h, PT36H", "30m, PT30M", "10s, PT10S", "0s, PT0S"})
    void a_number_and_a_unit_are_a_duration(String value, Duration duration) {
        assertThat(parse(value)).contains(duration);
    }

    @Test
    void an_option_that_is_not_given_is_no_duration() {
        assertThat(parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"14", "d", "14 d", "-1d", "1.5d", "14D", "P14D", "1234567s"})
    void anything_else_is_rejected(String value) {
        assertThatThrownBy(() -> parse(value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--cancel-unpaid-after")
                .hasMessageContaining("such as 14d");
    }
}

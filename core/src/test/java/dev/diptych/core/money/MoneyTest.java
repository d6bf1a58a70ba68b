package dev.diptych.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"0,0.00", "5,5.00", "12.5,12.50", "12.50,12.50", "-0.01,-0.01", "1000000000000,1000000000000.00"})
    void an_amount_is_read_in_plain_notation_and_written_with_two_decimals(String text, String written) {
        assertThat(Money.of(text)).hasToString(written).isEqualTo(Money.of(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "+1", "01", ".5", "5.", "1.001", "1e3", "1E0", "NaN", "0x1", "1,5", "１"})
    void any_other_notation_is_refused(String text) {
        assertThatThrownBy(() -> Money.of(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("with at most two decimals");
    }

    @Test
    void amounts_with_different_scales_are_equal() {
        assertThat(new Money(new BigDecimal("2"))).isEqualTo(new Money(new BigDecimal("2.00")));
        assertThat(Money.of("2")).hasSameHashCodeAs(Money.of("2.0")).isEqualByComparingTo(Money.of("2.00"));
        assertThatThrownBy(() -> new Money(new BigDecimal("0.001"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void arithmetic_is_exact() {
        assertThat(Money.of("0.10").plus(Money.of("0.20"))).isEqualTo(Money.of("0.30"));
        assertThat(Money.of("0.30").minus(Money.of("0.10"))).isEqualTo(Money.of("0.20"));
        assertThat(Money.of("0.07").times(100)).isEqualTo(Money.of("7"));
    }

    @Test
    void amounts_are_ordered_and_may_be_negative() {
        assertThat(Money.of("0.10").minus(Money.of("0.30"))).hasToString("-0.20");
        assertThat(Money.of("-0.20")).isLessThan(Money.ZERO);
        assertThat(Money.of("10")).isGreaterThan(Money.of("9.99"));
        assertThat(Money.of("0.01").times(-3)).hasToString("-0.03");
        assertThat(Money.of("-0")).isEqualTo(Money.ZERO).hasToString("0.00");
    }

    @Test
    void amounts_are_exact_where_a_double_is_not() {
        assertThat(Money.of("0.10").times(3)).isEqualTo(Money.of("0.30"));
        assertThat(Money.of("9999999999999999.99").plus(Money.of("0.01"))).hasToString("10000000000000000.00");
        assertThat(Money.of("1000000").times(10_000).times(100)).hasToString("1000000000000.00");
    }
}

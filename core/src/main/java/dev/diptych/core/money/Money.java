package dev.diptych.core.money;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact amount with two decimals, in the one currency of the business. Never floating point. Two amounts are equal
 * when they are worth the same, since every amount has the same scale.
 *
 * @param amount the value, kept with exactly two decimals
 */
public record Money(BigDecimal amount) implements Comparable<Money> {

    /** Nothing. */
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9]\\d{0,15})(\\.\\d{1,2})?");

    /**
     * Sets the scale.
     *
     * @throws ArithmeticException when the amount has more than two decimals
     */
    public Money {
        amount = amount.setScale(2);
    }

    /**
     * Reads plain notation: digits without leading zeros, and at most two decimals after a point.
     *
     * @throws NumberFormatException when the text is anything else, such as {@code 1e3} or {@code .5}
     */
    public static Money of(String plain) {
        if (!PLAIN.matcher(plain).matches()) {
            throw new NumberFormatException("An amount is written like 12.50, with at most two decimals, not " + plain);
        }
        return new Money(new BigDecimal(plain));
    }

    /** The sum. */
    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    /** The difference, which may be negative. */
    public Money minus(Money other) {
        return new Money(amount.subtract(other.amount));
    }

    /** This amount, so many times. */
    public Money times(int quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)));
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }

    /** Plain notation with two decimals, such as {@code 12.50}; {@link #of} reads it back, up to 16 digits before the point. */
    @Override
    public String toString() {
        return amount.toPlainString();
    }
}

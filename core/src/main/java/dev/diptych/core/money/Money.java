package dev.diptych.core.money;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact amount with two decimals, in the single currency of the business. Equality is numeric, because every amount
 * has the same scale.
 *
 * @param amount the value, with a scale of 2
 */
public record Money(BigDecimal amount) implements Comparable<Money> {

    /** The amount 0.00. */
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9]\\d{0,15})(\\.\\d{1,2})?");

    /**
     * Sets the scale to 2.
     *
     * @throws ArithmeticException when the amount has more than two decimals
     */
    public Money {
        amount = amount.setScale(2);
    }

    /**
     * Parses plain notation: an optional minus sign, up to 16 digits without leading zeros, and at most two decimals
     * after a point.
     *
     * @throws NumberFormatException when the text has another form, such as {@code 1e3} or {@code .5}
     */
    public static Money of(String plain) {
        if (!PLAIN.matcher(plain).matches()) {
            throw new NumberFormatException("An amount is written like 12.50, with at most two decimals, not " + plain);
        }
        return new Money(new BigDecimal(plain));
    }

    /** Returns the sum. */
    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    /** Returns the difference, which may be negative. */
    public Money minus(Money other) {
        return new Money(amount.subtract(other.amount));
    }

    /** Returns this amount multiplied by a quantity. */
    public Money times(int quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)));
    }

    /**
     * Validates that this amount is from {@link #ZERO} to a maximum.
     *
     * @param what the amount's name in the error message, such as {@code unit price}
     * @throws IllegalArgumentException when it is negative or greater than {@code max}
     */
    public void requireUpTo(Money max, String what) {
        if (compareTo(ZERO) < 0 || compareTo(max) > 0) {
            throw new IllegalArgumentException("The " + what + " must be from 0 to " + max + ", but is " + this);
        }
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }

    /**
     * Returns plain notation with two decimals, such as {@code 12.50}; {@link #of} parses it if it has at most 16
     * digits before the point.
     */
    @Override
    public String toString() {
        return amount.toPlainString();
    }
}

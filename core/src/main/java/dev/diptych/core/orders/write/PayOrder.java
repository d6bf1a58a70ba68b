package dev.diptych.core.orders.write;

import dev.diptych.core.bus.Require;
import dev.diptych.core.money.Money;
import java.time.Instant;

/**
 * Pay for an order.
 *
 * @param amount what is paid
 * @param paidAt when
 */
public record PayOrder(String orderId, Money amount, Instant paidAt) implements OrderCommand {

    /** The highest amount that any order can come to. */
    public static final Money MAX_AMOUNT =
            PlaceOrder.MAX_UNIT_PRICE.times(PlaceOrder.MAX_QUANTITY).times(PlaceOrder.MAX_ITEMS);

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when the id is malformed or the amount out of range
     */
    public PayOrder {
        Require.id("order id", orderId);
        Require.range("amount", amount, Money.ZERO, MAX_AMOUNT);
    }
}

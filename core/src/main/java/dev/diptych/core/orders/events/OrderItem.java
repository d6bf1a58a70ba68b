package dev.diptych.core.orders.events;

import dev.diptych.core.money.Money;

/**
 * One line of an order.
 *
 * @param sku which product
 * @param quantity how many of it
 * @param unitPrice the price of one
 */
public record OrderItem(String sku, int quantity, Money unitPrice) {

    /** The price of all. */
    public Money price() {
        return unitPrice.times(quantity);
    }
}

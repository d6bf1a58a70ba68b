package dev.diptych.core.orders.events;

import dev.diptych.core.money.Money;

/**
 * One line of an order.
 *
 * @param sku the stock keeping unit (SKU), which identifies the product
 * @param quantity the number of units
 * @param unitPrice the price of one unit
 */
public record OrderItem(String sku, int quantity, Money unitPrice) {

    /** The price of the line: unit price times quantity. */
    public Money price() {
        return unitPrice.times(quantity);
    }
}

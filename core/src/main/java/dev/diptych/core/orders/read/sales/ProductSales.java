package dev.diptych.core.orders.read.sales;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import org.jspecify.annotations.Nullable;

/**
 * The sales of one product: a row of the read model behind {@link GetProductSales}. It has no version, because it is
 * made of many streams.
 *
 * @param orders the number of orders that contain the product, without cancelled ones; at least 1
 * @param units the number of units in these orders
 * @param revenue the total price of these units
 * @param position the position of the last event that this row reflects
 */
public record ProductSales(String sku, long orders, long units, Money revenue, long position) {

    static ProductSales none(String sku) {
        return new ProductSales(sku, 0, 0, Money.ZERO, 0);
    }

    ProductSales plus(OrderItem item, long newPosition) {
        return new ProductSales(sku, orders + 1, units + item.quantity(), revenue.plus(item.price()), newPosition);
    }

    /** Returns the row without a cancelled order; null when that was the only order. */
    @Nullable
    ProductSales minus(OrderItem item, long newPosition) {
        return orders == 1
                ? null
                : new ProductSales(sku, orders - 1, units - item.quantity(), revenue.minus(item.price()), newPosition);
    }
}

package dev.diptych.core.orders.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import org.jspecify.annotations.Nullable;

/**
 * What has been sold of one product: a row of the read model behind {@link GetProductSales}. It carries no version, since
 * it is made of many streams.
 *
 * @param orders how many orders list it, without cancelled ones; at least 1
 * @param units how many of it they list together
 * @param revenue what these cost
 * @param position the position of the last event that this row reflects
 */
public record ProductSales(String sku, long orders, long units, Money revenue, long position) {

    static ProductSales none(String sku) {
        return new ProductSales(sku, 0, 0, Money.ZERO, 0);
    }

    ProductSales plus(OrderItem item, long newPosition) {
        return new ProductSales(sku, orders + 1, units + item.quantity(), revenue.plus(item.price()), newPosition);
    }

    /** What is left without an order that was cancelled; null when there is no other. */
    @Nullable
    ProductSales minus(OrderItem item, long newPosition) {
        return orders == 1
                ? null
                : new ProductSales(sku, orders - 1, units - item.quantity(), revenue.minus(item.price()), newPosition);
    }
}

package dev.diptych.core.orders.read;

import dev.diptych.core.money.Money;
import java.time.Instant;

/**
 * One order in a list: a row of the read model behind {@link ListOrders}.
 *
 * @param itemCount how many lines it has
 * @param total what it costs
 * @param placedAt when it was placed
 * @param updatedAt when something last happened to it
 * @param version the version of the order's stream that this row reflects
 * @param position the position that this row reflects
 */
public record OrderListItem(
        String orderId,
        String customerId,
        OrderStatus status,
        int itemCount,
        Money total,
        Instant placedAt,
        Instant updatedAt,
        long version,
        long position) {

    OrderListItem now(OrderStatus next, Instant at, long newVersion, long newPosition) {
        return new OrderListItem(orderId, customerId, next, itemCount, total, placedAt, at, newVersion, newPosition);
    }
}

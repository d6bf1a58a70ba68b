package dev.diptych.core.orders.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one order: a row of the read model behind {@link GetOrderSummary}.
 *
 * @param items what was ordered
 * @param total what it costs
 * @param cancelReason why it was cancelled, null unless it was
 * @param placedAt when it was placed
 * @param updatedAt when something last happened to it
 * @param version the version of the order's stream that this row reflects
 * @param position the position that this row reflects
 */
public record OrderSummary(
        String orderId,
        String customerId,
        OrderStatus status,
        List<OrderItem> items,
        Money total,
        @Nullable String cancelReason,
        Instant placedAt,
        Instant updatedAt,
        long version,
        long position) {

    /** Keeps a copy of the items that cannot be changed. */
    public OrderSummary {
        items = List.copyOf(items);
    }

    OrderSummary now(OrderStatus next, @Nullable String reason, Instant at, long newVersion, long newPosition) {
        return new OrderSummary(orderId, customerId, next, items, total, reason, placedAt, at, newVersion, newPosition);
    }
}

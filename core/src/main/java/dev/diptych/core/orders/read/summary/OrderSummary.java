package dev.diptych.core.orders.read.summary;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The details of one order: a row of the read model behind {@link GetOrderSummary}.
 *
 * @param items the order lines
 * @param total the price of all items
 * @param cancelReason why the order was cancelled; null unless it was
 * @param placedAt when the order was placed
 * @param updatedAt the time of the last event
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

    /** Copies the items into an unmodifiable list. */
    public OrderSummary {
        items = List.copyOf(items);
    }

    OrderSummary after(PublishedEvent<OrderEvent> published) {
        OrderEvent event = published.event();
        return new OrderSummary(
                orderId,
                customerId,
                status.after(event),
                items,
                total,
                event instanceof OrderCancelled cancelled ? cancelled.reason() : null,
                placedAt,
                event.at(),
                published.version(),
                published.position());
    }
}

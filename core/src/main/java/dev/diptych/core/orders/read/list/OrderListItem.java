package dev.diptych.core.orders.read.list;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Instant;

/**
 * One order in a list: a row of the read model behind {@link ListOrders}.
 *
 * @param itemCount the number of order lines
 * @param total the price of all items
 * @param placedAt when the order was placed
 * @param updatedAt the time of the last event
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

    OrderListItem after(PublishedEvent<OrderEvent> published) {
        OrderEvent event = published.event();
        return new OrderListItem(
                orderId,
                customerId,
                status.after(event),
                itemCount,
                total,
                placedAt,
                event.at(),
                published.version(),
                published.position());
    }
}

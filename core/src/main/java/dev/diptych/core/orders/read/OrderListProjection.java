package dev.diptych.core.orders.read;

import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One slim row for each order, to be listed. Immutable. */
public final class OrderListProjection implements Projection<OrderEvent, OrderListItem> {

    /** The name of the read model. */
    public static final String NAME = "order-list";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<OrderEvent> eventType() {
        return OrderEvent.class;
    }

    @Override
    public Set<String> keysOf(OrderEvent event) {
        return Set.of(event.orderId());
    }

    @Override
    public OrderListItem evolve(String key, @Nullable OrderListItem row, PublishedEvent<OrderEvent> published) {
        long version = published.version();
        long position = published.position();
        return switch (published.event()) {
            case OrderPlaced e ->
                new OrderListItem(
                        e.orderId(),
                        e.customerId(),
                        OrderStatus.PLACED,
                        e.items().size(),
                        e.total(),
                        e.placedAt(),
                        e.placedAt(),
                        version,
                        position);
            case OrderPaid e -> placed(row).now(OrderStatus.PAID, e.paidAt(), version, position);
            case OrderShipped e -> placed(row).now(OrderStatus.SHIPPED, e.shippedAt(), version, position);
            case OrderCancelled e -> placed(row).now(OrderStatus.CANCELLED, e.cancelledAt(), version, position);
        };
    }

    private static OrderListItem placed(@Nullable OrderListItem row) {
        return Objects.requireNonNull(row, "The order has no row, though its first event comes before");
    }
}

package dev.diptych.core.orders.read.list;

import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderEvent.Progress;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One short row for each order, for lists. Immutable. */
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
    public boolean concerns(String category) {
        return category.equals(OrderEvent.CATEGORY);
    }

    @Override
    public Set<String> keysOf(OrderEvent event) {
        return Set.of(event.orderId());
    }

    @Override
    public OrderListItem evolve(String key, @Nullable OrderListItem row, PublishedEvent<OrderEvent> published) {
        return switch (published.event()) {
            case OrderPlaced e -> first(e, published);
            case OrderShipped e -> placed(row).after(published);
            case OrderCancelled e -> placed(row).after(published);
            case Progress e -> placed(row).after(published);
        };
    }

    private static OrderListItem placed(@Nullable OrderListItem row) {
        return Objects.requireNonNull(row, "The order has no row, although an earlier event created one");
    }

    private static OrderListItem first(OrderPlaced placed, PublishedEvent<OrderEvent> published) {
        return new OrderListItem(
                placed.orderId(),
                placed.customerId(),
                OrderStatus.PLACED,
                placed.items().size(),
                placed.total(),
                placed.placedAt(),
                placed.placedAt(),
                published.version(),
                published.position());
    }
}

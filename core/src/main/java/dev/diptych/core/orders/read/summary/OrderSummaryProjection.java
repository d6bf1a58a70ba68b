package dev.diptych.core.orders.read.summary;

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

/** One row for each order, with all details. Immutable. */
public final class OrderSummaryProjection implements Projection<OrderEvent, OrderSummary> {

    /** The name of the read model. */
    public static final String NAME = "order-summaries";

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
    public OrderSummary evolve(String key, @Nullable OrderSummary row, PublishedEvent<OrderEvent> published) {
        return switch (published.event()) {
            case OrderPlaced e -> first(e, published);
            case OrderShipped e -> placed(row).after(published);
            case OrderCancelled e -> placed(row).after(published);
            case Progress e -> placed(row).after(published);
        };
    }

    private static OrderSummary placed(@Nullable OrderSummary row) {
        return Objects.requireNonNull(row, "The order has no row, although an earlier event created one");
    }

    private static OrderSummary first(OrderPlaced placed, PublishedEvent<OrderEvent> published) {
        return new OrderSummary(
                placed.orderId(),
                placed.customerId(),
                OrderStatus.PLACED,
                placed.items(),
                placed.total(),
                null,
                placed.placedAt(),
                placed.placedAt(),
                published.version(),
                published.position());
    }
}

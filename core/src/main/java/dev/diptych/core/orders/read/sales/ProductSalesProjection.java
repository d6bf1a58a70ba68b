package dev.diptych.core.orders.read.sales;

import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderEvent.Progress;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One row for each product in an order that is not cancelled. One event affects many rows. Immutable. */
public final class ProductSalesProjection implements Projection<OrderEvent, ProductSales> {

    /** The name of the read model. */
    public static final String NAME = "product-sales";

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
        return switch (event) {
            case OrderPlaced e -> skus(e.items());
            case OrderShipped e -> Set.of();
            case Progress e -> Set.of();
            case OrderCancelled e -> skus(e.items());
        };
    }

    @Override
    public @Nullable ProductSales evolve(String key, @Nullable ProductSales row, PublishedEvent<OrderEvent> published) {
        long position = published.position();
        return switch (published.event()) {
            case OrderPlaced e -> (row == null ? ProductSales.none(key) : row).plus(line(key, e.items()), position);
            case OrderShipped e -> row;
            case Progress e -> row;
            case OrderCancelled e -> sold(row).minus(line(key, e.items()), position);
        };
    }

    private static Set<String> skus(List<OrderItem> items) {
        return items.stream().map(OrderItem::sku).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the product's line; an order lists each product once. */
    private static OrderItem line(String sku, List<OrderItem> items) {
        return items.stream().filter(item -> item.sku().equals(sku)).findFirst().orElseThrow();
    }

    private static ProductSales sold(@Nullable ProductSales row) {
        return Objects.requireNonNull(row, "The product has no row, although an earlier event created one");
    }
}

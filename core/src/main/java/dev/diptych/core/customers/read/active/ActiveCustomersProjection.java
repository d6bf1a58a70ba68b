package dev.diptych.core.customers.read.active;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderEvent.Progress;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row for each customer who has ever placed an order or started a subscription. The projection handles two sealed
 * event types without a common supertype other than {@link Object}, each with its own fold. Other events affect no row.
 * Immutable.
 */
public final class ActiveCustomersProjection implements Projection<Object, ActiveCustomer> {

    /** The name of the read model. */
    public static final String NAME = "active-customers";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Object> eventType() {
        return Object.class;
    }

    @Override
    public boolean concerns(String category) {
        return category.equals(OrderEvent.CATEGORY) || category.equals(SubscriptionEvent.CATEGORY);
    }

    @Override
    public Set<String> keysOf(Object event) {
        return switch (event) {
            case OrderEvent order -> keysOf(order);
            case SubscriptionEvent subscription -> keysOf(subscription);
            default -> Set.of();
        };
    }

    private static Set<String> keysOf(OrderEvent event) {
        return switch (event) {
            case OrderPlaced e -> Set.of(e.customerId());
            case OrderShipped e -> Set.of(e.customerId());
            case Progress e -> Set.of(); // the order stays open
            case OrderCancelled e -> Set.of(e.customerId());
        };
    }

    private static Set<String> keysOf(SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionStarted e -> Set.of(e.customerId());
            case SubscriptionPlanChanged e -> Set.of(); // the subscription keeps running
            case SubscriptionRenewed e -> Set.of();
            case SubscriptionCancelled e -> Set.of(e.customerId());
        };
    }

    @Override
    public ActiveCustomer evolve(String key, @Nullable ActiveCustomer row, PublishedEvent<Object> published) {
        long position = published.position();
        return published.event() instanceof OrderEvent order
                ? evolve(key, row, order, position)
                : evolve(key, row, (SubscriptionEvent) published.event(), position);
    }

    private static ActiveCustomer evolve(String key, @Nullable ActiveCustomer row, OrderEvent event, long position) {
        return switch (event) {
            case OrderPlaced e -> knownOrNew(key, row).orders(1, e.total(), position);
            case OrderShipped e -> known(row).orders(-1, Money.ZERO, position);
            case Progress e -> known(row);
            case OrderCancelled e -> known(row).orders(-1, Money.ZERO.minus(e.total()), position);
        };
    }

    private static ActiveCustomer evolve(
            String key, @Nullable ActiveCustomer row, SubscriptionEvent event, long position) {
        return switch (event) {
            case SubscriptionStarted e -> knownOrNew(key, row).subscriptions(1, position);
            case SubscriptionPlanChanged e -> known(row);
            case SubscriptionRenewed e -> known(row);
            case SubscriptionCancelled e -> known(row).subscriptions(-1, position);
        };
    }

    private static ActiveCustomer knownOrNew(String customerId, @Nullable ActiveCustomer row) {
        return row == null ? ActiveCustomer.unknown(customerId) : row;
    }

    private static ActiveCustomer known(@Nullable ActiveCustomer row) {
        return Objects.requireNonNull(row, "The customer has no row, although an earlier event created one");
    }
}

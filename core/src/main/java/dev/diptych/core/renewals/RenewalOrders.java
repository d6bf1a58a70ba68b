package dev.diptych.core.renewals;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.command.Command;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a subscription is renewed, place an order for the month. The id of the order is made of the subscription's id
 * and the month, so each renewal has one order. Immutable.
 */
public final class RenewalOrders implements Automation<Object, RenewalOrder> {

    /** The name of the automation and of its list. */
    public static final String NAME = "renewal-orders";

    private static final String PREFIX = "renewal-";
    private static final String SKU = "subscription";

    /** An order to place, with the price of the month. */
    public record RenewalOrder(String customerId, Money price, Instant renewedAt) {}

    @Override
    public String name() {
        return NAME;
    }

    /** The events of two contexts have no other common type. */
    @Override
    public Class<Object> eventType() {
        return Object.class;
    }

    @Override
    public boolean concerns(String category) {
        return category.equals(SubscriptionEvent.CATEGORY) || category.equals(OrderEvent.CATEGORY);
    }

    @Override
    public Set<String> keysOf(Object event) {
        return switch (event) {
            case SubscriptionRenewed e -> Set.of(orderId(e));
            case OrderPlaced e when e.orderId().startsWith(PREFIX) -> Set.of(e.orderId());
            default -> Set.of();
        };
    }

    /** The id has no room for that of every subscription, so it has a hash of it. */
    private static String orderId(SubscriptionRenewed renewed) {
        String month = renewed.subscriptionId() + "/" + renewed.month();
        return PREFIX + UUID.nameUUIDFromBytes(month.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Task<RenewalOrder> evolve(String key, @Nullable Task<RenewalOrder> open, Object event) {
        return event instanceof SubscriptionRenewed e
                ? new Task<>(
                        OrderEvent.CATEGORY + "-" + key,
                        e.renewedAt(),
                        new RenewalOrder(e.customerId(), e.monthlyPrice(), e.renewedAt()))
                : null;
    }

    /** The order has the time of the renewal, so that it is the same however often it is placed. */
    @Override
    public Command command(Item<RenewalOrder> item, Instant now) {
        RenewalOrder order = item.task().what();
        List<OrderItem> items = List.of(new OrderItem(SKU, 1, order.price()));
        return new PlaceOrder(item.key(), order.customerId(), items, order.renewedAt());
    }
}

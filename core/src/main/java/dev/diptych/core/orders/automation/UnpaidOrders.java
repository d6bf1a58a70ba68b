package dev.diptych.core.orders.automation;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.command.Command;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderEvent.Progress;
import dev.diptych.core.orders.write.OrderCommand.CancelUnpaidOrder;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an order has been placed and is not paid in time, cancel it. An item is due from when the order was placed; the
 * worker adds the time for payment, so that another time needs no rebuild. Immutable.
 */
public final class UnpaidOrders implements Automation<OrderEvent, UnpaidOrder> {

    /** The name of the automation and of its list. */
    public static final String NAME = "unpaid-orders";

    /** An order to cancel. */
    public record UnpaidOrder(String customerId, Money total) {}

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
    public @Nullable Task<UnpaidOrder> evolve(String key, @Nullable Task<UnpaidOrder> open, OrderEvent event) {
        return switch (event) {
            case OrderPlaced e ->
                new Task<>(OrderEvent.CATEGORY + "-" + key, e.placedAt(), new UnpaidOrder(e.customerId(), e.total()));
            case OrderShipped e -> null;
            case OrderCancelled e -> null;
            case Progress e -> null; // an order makes progress after its payment
        };
    }

    @Override
    public Command command(Item<UnpaidOrder> item, Instant now) {
        return new CancelUnpaidOrder(item.key(), now);
    }
}

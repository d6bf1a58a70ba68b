package dev.diptych.docs.limits;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.command.Command;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.docs.limits.Stock.StockCommand.ReleaseStock;
import dev.diptych.docs.limits.Stock.StockEvent.Released;
import dev.diptych.docs.limits.Stock.StockEvent.Reserved;
import dev.diptych.docs.limits.UnusedReservations.Reservation;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When stock has been reserved and its order is not placed in time, or is cancelled, release it. Each order has one sku
 * here, so the id of the order is the key.
 */
final class UnusedReservations implements Automation<Object, Reservation> {

    /** In the item of an order that was placed: nothing is due unless it is cancelled. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    record Reservation(String sku) {}

    @Override
    public String name() {
        return "unused-reservations";
    }

    @Override
    public Class<Object> eventType() {
        return Object.class;
    }

    @Override
    public boolean concerns(String category) {
        return category.equals(Stock.CATEGORY) || category.equals(OrderEvent.CATEGORY);
    }

    @Override
    public Set<String> keysOf(Object event) {
        return switch (event) {
            case Reserved e -> Set.of(e.orderId());
            case Released e -> Set.of(e.orderId());
            case OrderPlaced e -> Set.of(e.orderId());
            case OrderCancelled e -> Set.of(e.orderId());
            default -> Set.of();
        };
    }

    @Override
    public @Nullable Task<Reservation> evolve(String key, @Nullable Task<Reservation> open, Object event) {
        return switch (event) {
            case Reserved e -> new Task<>(Stock.CATEGORY + "-" + e.sku(), e.reservedAt(), new Reservation(e.sku()));
            case OrderPlaced e -> open == null ? null : new Task<>(open.aggregate(), NEVER, open.what());
            case OrderCancelled e -> open == null ? null : new Task<>(open.aggregate(), e.cancelledAt(), open.what());
            default -> null; // released
        };
    }

    @Override
    public Command command(Item<Reservation> item, Instant now) {
        return new ReleaseStock(item.task().what().sku(), item.key(), now);
    }
}

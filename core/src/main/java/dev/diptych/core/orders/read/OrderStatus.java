package dev.diptych.core.orders.read;

import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import java.util.List;

/** The status of an order on the read side, with the statuses that can precede it directly. */
public enum OrderStatus {
    /** Placed, not yet paid. */
    PLACED,
    /** Paid, not yet shipped. */
    PAID(PLACED),
    /** Shipped. */
    SHIPPED(PAID),
    /** Cancelled before it was shipped. */
    CANCELLED(PLACED, PAID);

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it unmodifiable
    private final List<OrderStatus> from;

    OrderStatus(OrderStatus... from) {
        this.from = List.of(from);
    }

    /** Returns the status after an event: this one for an event that does not change the status. */
    public OrderStatus after(OrderEvent event) {
        return switch (event) {
            case OrderPlaced e -> PLACED;
            case OrderPaid e -> PAID;
            case OrderShipped e -> SHIPPED;
            case OrderCancelled e -> CANCELLED;
        };
    }

    /** Whether an order with this status may have had {@code earlier} before. */
    public boolean mayHaveBeen(OrderStatus earlier) {
        return from.stream().anyMatch(status -> status == earlier || status.mayHaveBeen(earlier));
    }
}

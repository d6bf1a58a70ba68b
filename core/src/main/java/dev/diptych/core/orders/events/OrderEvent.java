package dev.diptych.core.orders.events;

import dev.diptych.core.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * What has happened to an order. Every event carries the customer's id, and {@link OrderCancelled} what was cancelled, so
 * that a projection finds all of its keys in the event alone.
 */
public sealed interface OrderEvent {

    /** Which order. */
    String orderId();

    /** Whose order. */
    String customerId();

    /**
     * A customer has ordered.
     *
     * @param items what was ordered, each sku once
     * @param total what all of it costs
     */
    record OrderPlaced(String orderId, String customerId, List<OrderItem> items, Money total, Instant placedAt)
            implements OrderEvent {
        /** Keeps a copy of the items that cannot be changed. */
        public OrderPlaced {
            items = List.copyOf(items);
        }
    }

    /**
     * The order has been paid in full.
     *
     * @param amount the order's total
     */
    record OrderPaid(String orderId, String customerId, Money amount, Instant paidAt) implements OrderEvent {}

    /** The order is on its way. */
    record OrderShipped(String orderId, String customerId, Instant shippedAt) implements OrderEvent {}

    /**
     * The order will not be shipped.
     *
     * @param items what had been ordered
     * @param total what all of it would have cost
     * @param reason why, in the words of whoever cancelled it
     */
    record OrderCancelled(
            String orderId, String customerId, List<OrderItem> items, Money total, String reason, Instant cancelledAt)
            implements OrderEvent {
        /** Keeps a copy of the items that cannot be changed. */
        public OrderCancelled {
            items = List.copyOf(items);
        }
    }
}

package dev.diptych.core.orders.events;

import dev.diptych.core.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * The events of an order. Every event carries the customer's id, and {@link OrderCancelled} also the items and the
 * total, so that a projection can derive its keys from the event alone.
 */
public sealed interface OrderEvent {

    /** The category of the streams of orders. */
    String CATEGORY = "order";

    /** The id of the order. */
    String orderId();

    /** The id of the order's customer. */
    String customerId();

    /** The time of the event. */
    Instant at();

    /**
     * An event that moves an order to its next status and changes neither the items, nor the total, nor whether the
     * order is open. An order is open from when it is placed until it is shipped or cancelled. A view that shows no
     * other change handles all of these events alike, including future ones.
     */
    sealed interface Progress extends OrderEvent {}

    /**
     * The order was placed.
     * @param items the order lines, each sku once
     * @param total the price of all items
     */
    record OrderPlaced(String orderId, String customerId, List<OrderItem> items, Money total, Instant placedAt)
            implements OrderEvent {
        /** Copies the items into an unmodifiable list. */
        public OrderPlaced {
            items = List.copyOf(items);
        }

        @Override
        public Instant at() {
            return placedAt;
        }
    }

    /**
     * The order was paid in full.
     *
     * @param amount the order's total
     */
    record OrderPaid(String orderId, String customerId, Money amount, Instant paidAt) implements Progress {
        @Override
        public Instant at() {
            return paidAt;
        }
    }

    /** The order was shipped. */
    record OrderShipped(String orderId, String customerId, Instant shippedAt) implements OrderEvent {
        @Override
        public Instant at() {
            return shippedAt;
        }
    }

    /**
     * The order was cancelled before it was shipped.
     *
     * @param items the items of the cancelled order
     * @param total the total of the cancelled order
     * @param reason the reason, as stated in the command
     */
    record OrderCancelled(
            String orderId, String customerId, List<OrderItem> items, Money total, String reason, Instant cancelledAt)
            implements OrderEvent {
        /** Copies the items into an unmodifiable list. */
        public OrderCancelled {
            items = List.copyOf(items);
        }

        @Override
        public Instant at() {
            return cancelledAt;
        }
    }
}

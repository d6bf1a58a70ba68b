package dev.diptych.core.orders.write;

import static dev.diptych.core.eventstore.Text.requireId;
import static dev.diptych.core.eventstore.Text.requireText;

import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderItem;
import java.time.Instant;
import java.util.List;

/**
 * The commands of an order, each with the behaviour of {@link Order} that decides on it. A command validates its own
 * fields. Times are arguments, so that a decision depends only on its input.
 */
public sealed interface OrderCommand extends Command {

    /** The id of the order. */
    String orderId();

    /** Registers the handler: it loads the order, calls the behaviour, and appends the events that were raised. */
    static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var orders = new Repository<>(OrderEvent.CATEGORY, Order::new, store, codec);
        bus.register(
                OrderCommand.class,
                (command, context) -> orders.update(command.orderId(), context, order -> decide(order, command)));
    }

    /** Calls the behaviour that decides on a command. */
    static void decide(Order order, OrderCommand command) {
        switch (command) {
            case PlaceOrder c -> order.place(c.customerId(), c.items(), c.placedAt());
            case PayOrder c -> order.pay(c.amount(), c.paidAt());
            case ShipOrder c -> order.ship(c.shippedAt());
            case CancelOrder c -> order.cancel(c.reason(), c.cancelledAt());
            case CancelUnpaidOrder c -> order.cancelUnpaid(c.cancelledAt());
        }
    }

    /**
     * Places an order.
     *
     * @param orderId an id that the client chose or the server generated
     * @param customerId the id of the customer
     * @param items the order lines, 1 to {@value #MAX_ITEMS}
     */
    record PlaceOrder(String orderId, String customerId, List<OrderItem> items, Instant placedAt)
            implements OrderCommand {

        /** The maximum number of lines of one order. */
        public static final int MAX_ITEMS = 100;

        /** The maximum quantity of one line. */
        public static final int MAX_QUANTITY = 10_000;

        /** The maximum price of one unit; the minimum is zero. */
        public static final Money MAX_UNIT_PRICE = Money.of("1000000");

        /**
         * Validates the fields, and copies the items into an unmodifiable list.
         *
         * @throws IllegalArgumentException when an id is malformed or a number is out of range
         */
        public PlaceOrder {
            requireId("order id", orderId);
            requireId("customer id", customerId);
            items = List.copyOf(items);
            requireCount("number of items", items.size(), MAX_ITEMS);
            for (OrderItem item : items) {
                requireId("sku", item.sku());
                requireCount("quantity", item.quantity(), MAX_QUANTITY);
                item.unitPrice().requireUpTo(MAX_UNIT_PRICE, "unit price");
            }
        }

        private static void requireCount(String what, int count, int max) {
            if (count < 1 || count > max) {
                throw new IllegalArgumentException("The " + what + " must be from 1 to " + max + ", but is " + count);
            }
        }
    }

    /**
     * Pays an order.
     *
     * @param amount the amount paid, from zero to {@link #MAX_AMOUNT}
     */
    record PayOrder(String orderId, Money amount, Instant paidAt) implements OrderCommand {

        /** The maximum total of an order. */
        public static final Money MAX_AMOUNT =
                PlaceOrder.MAX_UNIT_PRICE.times(PlaceOrder.MAX_QUANTITY).times(PlaceOrder.MAX_ITEMS);

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed or the amount out of range
         */
        public PayOrder {
            requireId("order id", orderId);
            amount.requireUpTo(MAX_AMOUNT, "amount");
        }
    }

    /** Ships an order. */
    record ShipOrder(String orderId, Instant shippedAt) implements OrderCommand {

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed
         */
        public ShipOrder {
            requireId("order id", orderId);
        }
    }

    /**
     * Cancels an order.
     *
     * @param reason the reason, 1 to {@value #MAX_REASON} characters
     */
    record CancelOrder(String orderId, String reason, Instant cancelledAt) implements OrderCommand {

        /** The maximum length of a reason, in UTF-16 code units. */
        public static final int MAX_REASON = 500;

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed, or the reason blank or too long
         */
        public CancelOrder {
            requireId("order id", orderId);
            requireText("reason", reason, MAX_REASON);
        }
    }

    /** Cancels an order because it was not paid in time. */
    record CancelUnpaidOrder(String orderId, Instant cancelledAt) implements OrderCommand {

        /** The reason in the event. */
        public static final String REASON = "not paid in time";

        /**
         * Validates the fields.
         *
         * @throws IllegalArgumentException when the id is malformed
         */
        public CancelUnpaidOrder {
            requireId("order id", orderId);
        }
    }
}

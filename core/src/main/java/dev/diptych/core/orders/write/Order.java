package dev.diptych.core.orders.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of an order: it is placed, paid, and shipped, or cancelled before it is shipped. Asking again for what has
 * been done already does nothing; asking for something else is rejected.
 */
public final class Order extends Aggregate<Order.State, OrderEvent> {

    /** An order to which nothing has happened yet. */
    public Order() {
        super(OrderEvent.class, State.NOT_PLACED, Order::evolve);
    }

    // State: what the rules need to know, and no more

    enum Status {
        NOT_PLACED,
        PLACED,
        PAID,
        SHIPPED,
        CANCELLED
    }

    record State(Status status, String orderId, String customerId, List<OrderItem> items, Money total, String reason) {

        static final State NOT_PLACED = new State(Status.NOT_PLACED, "", "", List.of(), Money.ZERO, "");

        State now(Status next) {
            return new State(next, orderId, customerId, items, total, reason);
        }

        State cancelled(String why) {
            return new State(Status.CANCELLED, orderId, customerId, items, total, why);
        }
    }

    // Evolve

    static State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderPlaced e -> new State(Status.PLACED, e.orderId(), e.customerId(), e.items(), e.total(), "");
            case OrderPaid e -> state.now(Status.PAID);
            case OrderShipped e -> state.now(Status.SHIPPED);
            case OrderCancelled e -> state.cancelled(e.reason());
        };
    }

    // Decide

    void place(String orderId, String customerId, List<OrderItem> items, Instant at) {
        rejectRepeatedSku(orderId, items);
        State state = state();
        if (state.status() == Status.NOT_PLACED) {
            Money total = items.stream().map(OrderItem::price).reduce(Money.ZERO, Money::plus);
            raise(new OrderPlaced(orderId, customerId, items, total, at));
        } else if (!state.customerId().equals(customerId) || !state.items().equals(items)) {
            reject(new OrderRejection.PlacedDifferently(orderId));
        }
    }

    void pay(Money amount, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED, PLACED -> {
                if (!amount.equals(state.total())) {
                    reject(new OrderRejection.AmountNotTotal(state.orderId(), amount, state.total()));
                }
                raise(new OrderPaid(state.orderId(), state.customerId(), amount, at));
            }
            case PAID, SHIPPED -> {
                if (!amount.equals(state.total())) {
                    reject(new OrderRejection.PaidDifferently(state.orderId(), amount, state.total()));
                }
            }
            case CANCELLED -> reject(new OrderRejection.Cancelled(state.orderId(), state.reason()));
        }
    }

    void ship(Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED, PLACED -> reject(new OrderRejection.NotPaid(state.orderId(), state.total()));
            case PAID -> raise(new OrderShipped(state.orderId(), state.customerId(), at));
            case SHIPPED -> {}
            case CANCELLED -> reject(new OrderRejection.Cancelled(state.orderId(), state.reason()));
        }
    }

    void cancel(String reason, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED, PLACED, PAID ->
                raise(new OrderCancelled(
                        state.orderId(), state.customerId(), state.items(), state.total(), reason, at));
            case SHIPPED -> reject(new OrderRejection.Shipped(state.orderId()));
            case CANCELLED -> {}
        }
    }

    private static void rejectRepeatedSku(String orderId, List<OrderItem> items) {
        Set<String> seen = new HashSet<>();
        for (OrderItem item : items) {
            if (!seen.add(item.sku())) {
                reject(new OrderRejection.SkuRepeated(orderId, item.sku()));
            }
        }
    }
}

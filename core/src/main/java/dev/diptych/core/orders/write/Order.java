package dev.diptych.core.orders.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.CancelUnpaidOrder;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of an order: it is placed, paid and shipped, or cancelled before it is shipped. Repeating a command whose
 * effect holds does nothing. A command that the state does not allow is rejected.
 */
public final class Order extends Aggregate<Order.State, OrderEvent> {

    /** An order without events. */
    public Order(String orderId) {
        super(orderId, OrderEvent.class, State.NOT_PLACED, Order::evolve);
    }

    // State: only what the rules need

    enum Status {
        NOT_PLACED,
        PLACED,
        PAID,
        SHIPPED,
        CANCELLED
    }

    record State(Status status, String customerId, List<OrderItem> items, Money total, String reason) {

        static final State NOT_PLACED = new State(Status.NOT_PLACED, "", List.of(), Money.ZERO, "");

        State now(Status next) {
            return new State(next, customerId, items, total, reason);
        }

        State cancelled(String cancelReason) {
            return new State(Status.CANCELLED, customerId, items, total, cancelReason);
        }
    }

    // Evolve

    static State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderPlaced e -> new State(Status.PLACED, e.customerId(), e.items(), e.total(), "");
            case OrderPaid e -> state.now(Status.PAID);
            case OrderShipped e -> state.now(Status.SHIPPED);
            case OrderCancelled e -> state.cancelled(e.reason());
        };
    }

    // Decide

    void place(String customerId, List<OrderItem> items, Instant at) {
        rejectRepeatedSku(items);
        State state = state();
        if (state.status() == Status.NOT_PLACED) {
            Money total = items.stream().map(OrderItem::price).reduce(Money.ZERO, Money::plus);
            raise(new OrderPlaced(id(), customerId, items, total, at));
        } else if (!state.customerId().equals(customerId) || !state.items().equals(items)) {
            reject(new OrderRejection.PlacedDifferently(id()));
        }
    }

    void pay(Money amount, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED -> rejectAsNotFound();
            case PLACED -> {
                if (!amount.equals(state.total())) {
                    reject(new OrderRejection.AmountNotTotal(id(), amount, state.total()));
                }
                raise(new OrderPaid(id(), state.customerId(), amount, at));
            }
            case PAID, SHIPPED -> {
                if (!amount.equals(state.total())) {
                    reject(new OrderRejection.PaidDifferently(id(), amount, state.total()));
                }
            }
            case CANCELLED -> reject(new OrderRejection.Cancelled(id(), state.reason()));
        }
    }

    void ship(Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED -> rejectAsNotFound();
            case PLACED -> reject(new OrderRejection.NotPaid(id(), state.total()));
            case PAID -> raise(new OrderShipped(id(), state.customerId(), at));
            case SHIPPED -> {}
            case CANCELLED -> reject(new OrderRejection.Cancelled(id(), state.reason()));
        }
    }

    void cancel(String reason, Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED -> rejectAsNotFound();
            case PLACED, PAID ->
                raise(new OrderCancelled(id(), state.customerId(), state.items(), state.total(), reason, at));
            case SHIPPED -> reject(new OrderRejection.Shipped(id()));
            case CANCELLED -> {}
        }
    }

    void cancelUnpaid(Instant at) {
        State state = state();
        switch (state.status()) {
            case NOT_PLACED -> rejectAsNotFound();
            case PLACED -> cancel(CancelUnpaidOrder.REASON, at);
            case PAID, SHIPPED -> reject(new OrderRejection.Paid(id()));
            case CANCELLED -> {}
        }
    }

    private void rejectRepeatedSku(List<OrderItem> items) {
        Set<String> seen = new HashSet<>();
        for (OrderItem item : items) {
            if (!seen.add(item.sku())) {
                reject(new OrderRejection.SkuRepeated(id(), item.sku()));
            }
        }
    }
}

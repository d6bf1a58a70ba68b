package dev.diptych.core.orders.write;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.CancelUnpaidOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of an order as a Decider: a function from a command and a state to a decision. {@link Order} defines the
 * initial state and the state after an event. Source of the idea: Jérémie Chassaing, "Functional Event Sourcing
 * Decider".
 */
final class OrderDecider {

    private OrderDecider() {}

    /** The decision on a command. */
    sealed interface Decision {

        /** The command is accepted with these events; none if it has no further effect. */
        record Happens(List<OrderEvent> events) implements Decision {}

        /** A rule rejects the command. */
        record Refused(OrderRejection why) implements Decision {}

        /** The order does not exist. */
        record NotFound() implements Decision {}
    }

    static Decision decide(OrderCommand command, Order.State state) {
        return switch (command) {
            case PlaceOrder c -> place(c, state);
            case PayOrder c -> pay(c, state);
            case ShipOrder c -> ship(c, state);
            case CancelOrder c -> cancel(c, state);
            case CancelUnpaidOrder c -> cancelUnpaid(c, state);
        };
    }

    private static Decision place(PlaceOrder c, Order.State state) {
        Optional<String> repeated = repeatedSku(c.items());
        if (repeated.isPresent()) {
            return refused(new OrderRejection.SkuRepeated(c.orderId(), repeated.get()));
        }
        if (state.status() == Order.Status.NOT_PLACED) {
            Money total = c.items().stream().map(OrderItem::price).reduce(Money.ZERO, Money::plus);
            return happens(new OrderPlaced(c.orderId(), c.customerId(), c.items(), total, c.placedAt()));
        }
        return state.customerId().equals(c.customerId()) && state.items().equals(c.items())
                ? nothing()
                : refused(new OrderRejection.PlacedDifferently(c.orderId()));
    }

    private static Decision pay(PayOrder c, Order.State state) {
        boolean exact = c.amount().equals(state.total());
        return switch (state.status()) {
            case NOT_PLACED -> new Decision.NotFound();
            case PLACED ->
                exact
                        ? happens(new OrderPaid(c.orderId(), state.customerId(), c.amount(), c.paidAt()))
                        : refused(new OrderRejection.AmountNotTotal(c.orderId(), c.amount(), state.total()));
            case PAID, SHIPPED ->
                exact ? nothing() : refused(new OrderRejection.PaidDifferently(c.orderId(), c.amount(), state.total()));
            case CANCELLED -> refused(new OrderRejection.Cancelled(c.orderId(), state.reason()));
        };
    }

    private static Decision ship(ShipOrder c, Order.State state) {
        return switch (state.status()) {
            case NOT_PLACED -> new Decision.NotFound();
            case PLACED -> refused(new OrderRejection.NotPaid(c.orderId(), state.total()));
            case PAID -> happens(new OrderShipped(c.orderId(), state.customerId(), c.shippedAt()));
            case SHIPPED -> nothing();
            case CANCELLED -> refused(new OrderRejection.Cancelled(c.orderId(), state.reason()));
        };
    }

    private static Decision cancel(CancelOrder c, Order.State state) {
        return switch (state.status()) {
            case NOT_PLACED -> new Decision.NotFound();
            case PLACED, PAID ->
                happens(new OrderCancelled(
                        c.orderId(), state.customerId(), state.items(), state.total(), c.reason(), c.cancelledAt()));
            case SHIPPED -> refused(new OrderRejection.Shipped(c.orderId()));
            case CANCELLED -> nothing();
        };
    }

    private static Decision cancelUnpaid(CancelUnpaidOrder c, Order.State state) {
        return switch (state.status()) {
            case NOT_PLACED -> new Decision.NotFound();
            case PLACED -> cancel(new CancelOrder(c.orderId(), CancelUnpaidOrder.REASON, c.cancelledAt()), state);
            case PAID, SHIPPED -> refused(new OrderRejection.Paid(c.orderId()));
            case CANCELLED -> nothing();
        };
    }

    private static Decision happens(OrderEvent event) {
        return new Decision.Happens(List.of(event));
    }

    private static Decision nothing() {
        return new Decision.Happens(List.of());
    }

    private static Decision refused(OrderRejection why) {
        return new Decision.Refused(why);
    }

    private static Optional<String> repeatedSku(List<OrderItem> items) {
        Set<String> seen = new HashSet<>();
        return items.stream().map(OrderItem::sku).filter(sku -> !seen.add(sku)).findFirst();
    }
}

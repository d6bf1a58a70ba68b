package dev.diptych.core.orders.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.write.OrderDecider.Decision;
import java.util.List;

/** Runs the specs of an order against {@link OrderDecider}. */
class OrderDeciderTest extends OrderSpecs {

    @Override
    Spec.Subject subject() {
        return OrderDeciderTest::register;
    }

    @Override
    List<Object> decided(List<OrderEvent> history, OrderCommand command) {
        Order.State state = Order.State.NOT_PLACED;
        for (OrderEvent event : history) {
            state = Order.evolve(state, event);
        }
        return switch (OrderDecider.decide(command, state)) {
            case Decision.Happens happens -> List.copyOf(happens.events());
            case Decision.Refused refused -> List.of(refused.why());
            case Decision.NotFound missing -> Spec.decided(new DecidedOrder("o1"), order -> order.handle(command));
        };
    }

    private static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var orders = new Repository<>("order", DecidedOrder::new, store, codec);
        bus.register(
                OrderCommand.class,
                (command, context) -> orders.update(command.orderId(), context, order -> order.handle(command)));
    }

    /** Adapts a Decider to the repository's aggregates: it keeps the state and carries out the decisions. */
    private static final class DecidedOrder extends Aggregate<Order.State, OrderEvent> {

        private DecidedOrder(String orderId) {
            super(orderId, OrderEvent.class, Order.State.NOT_PLACED, Order::evolve);
        }

        private void handle(OrderCommand command) {
            switch (OrderDecider.decide(command, state())) {
                case Decision.Happens happens -> happens.events().forEach(this::raise);
                case Decision.Refused refused -> reject(refused.why());
                case Decision.NotFound missing -> rejectAsNotFound();
            }
        }
    }
}

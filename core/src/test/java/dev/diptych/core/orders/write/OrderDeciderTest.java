package dev.diptych.core.orders.write;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.aggregate.Spec;
import dev.diptych.core.bus.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.write.OrderDecider.Decision;

/** The rules of an order hold as well where an order is a pair of functions. */
class OrderDeciderTest extends OrderSpecs {

    @Override
    Spec.Subject subject() {
        return OrderDeciderTest::register;
    }

    private static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var orders = new Repository<>("order", DecidedOrder::new, store, codec);
        bus.register(PlaceOrder.class, (c, context) -> orders.begin(c.orderId(), context, order -> order.handle(c)));
        bus.register(PayOrder.class, (c, context) -> orders.act(c.orderId(), context, order -> order.handle(c)));
        bus.register(ShipOrder.class, (c, context) -> orders.act(c.orderId(), context, order -> order.handle(c)));
        bus.register(CancelOrder.class, (c, context) -> orders.act(c.orderId(), context, order -> order.handle(c)));
    }

    /** A Decider where the repository wants an aggregate: it keeps the state, and does what was decided. */
    private static final class DecidedOrder extends Aggregate<Order.State, OrderEvent> {

        private DecidedOrder() {
            super(OrderEvent.class, Order.State.NOT_PLACED, Order::evolve);
        }

        private void handle(OrderCommand command) {
            switch (OrderDecider.decide(command, state())) {
                case Decision.Happens happens -> happens.events().forEach(this::raise);
                case Decision.Refused refused -> reject(refused.why());
            }
        }
    }
}

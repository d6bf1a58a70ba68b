package dev.diptych.core.orders.write;

import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.bus.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;

/** Who handles the commands of orders: each loads an order, lets it act, and appends what it raised. */
public final class OrderCommands {

    private OrderCommands() {}

    /** Registers the four handlers. */
    public static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var orders = new Repository<>("order", Order::new, store, codec);

        bus.register(
                PlaceOrder.class,
                (command, context) -> orders.begin(
                        command.orderId(),
                        context,
                        order -> order.place(
                                command.orderId(), command.customerId(), command.items(), command.placedAt())));

        bus.register(
                PayOrder.class,
                (command, context) ->
                        orders.act(command.orderId(), context, order -> order.pay(command.amount(), command.paidAt())));

        bus.register(
                ShipOrder.class,
                (command, context) -> orders.act(command.orderId(), context, order -> order.ship(command.shippedAt())));

        bus.register(
                CancelOrder.class,
                (command, context) -> orders.act(
                        command.orderId(), context, order -> order.cancel(command.reason(), command.cancelledAt())));
    }
}

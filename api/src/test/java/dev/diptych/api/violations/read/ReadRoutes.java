package dev.diptych.api.violations.read;

import dev.diptych.core.bus.CommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.write.PlaceOrder;
import dev.diptych.core.projection.ReadModelStore;

/** Planted: a read route that changes something, and looks into streams and behind the queries. */
final class ReadRoutes {
    CommandBus commands;
    EventStore events;
    PlaceOrder command;
    ReadModelStore rows;
}

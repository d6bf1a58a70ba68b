package dev.diptych.api.violations.read;

import dev.diptych.core.bus.CommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.write.PlaceOrder;

/** Planted: a read route that changes something, and looks into streams. */
final class ReadRoutes {
    CommandBus commands;
    EventStore events;
    PlaceOrder command;
}

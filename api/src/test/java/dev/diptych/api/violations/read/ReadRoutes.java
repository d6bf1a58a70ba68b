package dev.diptych.api.violations.read;

import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.ReadModelStore;

/** Planted: a read route with every bus of commands, which also reads streams and goes past the queries. */
final class ReadRoutes {
    CommandBus commands;
    DirectCommandBus direct;
    RetryingCommandBus retrying;
    ObservedCommandBus observed;
    EventStore events;
    PlaceOrder command;
    ReadModelStore rows;
}

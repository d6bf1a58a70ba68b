package dev.diptych.api.violations.read;

import dev.diptych.api.metrics.MeteredCommandBus;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.LoggingCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.command.TracedCommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.ReadModelStore;

/** Planted: a read route with every bus of commands, which also reads streams and goes past the queries. */
final class ReadRoutes {
    CommandBus commands;
    DirectCommandBus direct;
    RetryingCommandBus retrying;
    TracedCommandBus traced;
    LoggingCommandBus logging;
    MeteredCommandBus metered;
    EventStore events;
    PlaceOrder command;
    ReadModelStore rows;
}

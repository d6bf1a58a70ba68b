package dev.diptych.core.violations.orders.read;

import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.LoggingCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.command.TracedCommandBus;

/** Planted: query code that can send commands, with each bus and wrapper. */
final class ViewThatUsesCommandBuses {
    CommandBus commandBus;
    DirectCommandBus directCommandBus;
    RetryingCommandBus retryingCommandBus;
    LoggingCommandBus loggingCommandBus;
    TracedCommandBus tracedCommandBus;
}

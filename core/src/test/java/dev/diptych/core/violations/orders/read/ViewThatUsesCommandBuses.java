package dev.diptych.core.violations.orders.read;

import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;

/** Planted: query code that can send commands, with each bus and wrapper. */
final class ViewThatUsesCommandBuses {
    CommandBus commandBus;
    DirectCommandBus directCommandBus;
    RetryingCommandBus retryingCommandBus;
    ObservedCommandBus observedCommandBus;
}

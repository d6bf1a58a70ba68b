package dev.diptych.api.violations.read;

import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.ReadModelStore;

/** Planted violation: a read route that depends on command buses, streams, handlers and automations. */
final class ReadRoutes {
    CommandBus commands;
    DirectCommandBus direct;
    RetryingCommandBus retrying;
    ObservedCommandBus observed;
    EventStore events;
    PlaceOrder command;
    ReadModelStore rows;
    AutomationWorker<?> worker;
}

package dev.diptych.core.violations.orders.read;

import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.orders.write.Order;
import dev.diptych.core.violations.subscriptions.events.SomethingStarted;

/** Planted: query code that uses an aggregate, a stream, another context and each command bus and wrapper. */
final class ViewOfTheWriteSide {
    Order order;
    SomethingStarted started;
    CommandBus commandBus;
    DirectCommandBus directCommandBus;
    RetryingCommandBus retryingCommandBus;
    ObservedCommandBus observedCommandBus;

    int size(EventStore store) {
        return store.readStream(new StreamName("order-1"), 0, 1).events().size();
    }
}

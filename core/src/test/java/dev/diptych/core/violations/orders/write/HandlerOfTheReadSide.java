package dev.diptych.core.violations.orders.write;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.QueryBus;
import java.util.List;

/** Planted: a write side that uses a view and each query bus, and appends without the repository. */
final class HandlerOfTheReadSide {
    OrderSummary row;
    QueryBus queryBus;
    DirectQueryBus directQueryBus;

    interface Appending {
        AppendResult append(StreamName stream, ExpectedVersion expected, List<NewEvent> events);
    }

    AppendResult append(EventStore store) {
        return store.append(new StreamName("order-1"), ExpectedVersion.any(), List.of());
    }

    Appending appendByReference(EventStore store) {
        return store::append;
    }
}

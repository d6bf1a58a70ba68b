package dev.diptych.core.violations.orders.write;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;

/** Planted: a handler that passes on a reference to the store's method. */
final class HandlerThatAppendsByReference {
    interface Appending {
        AppendResult append(StreamName stream, ExpectedVersion expected, List<NewEvent> events);
    }

    Appending handler(EventStore store) {
        return store::append;
    }
}

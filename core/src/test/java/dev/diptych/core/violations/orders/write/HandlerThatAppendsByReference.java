package dev.diptych.core.violations.orders.write;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;

/** Planted: a handler that hands the store's method on instead of calling it. */
final class HandlerThatAppendsByReference {
    interface Appending {
        AppendResult append(StreamName stream, ExpectedVersion expected, List<NewEvent> events);
    }

    Appending handler(EventStore store) {
        return store::append;
    }
}

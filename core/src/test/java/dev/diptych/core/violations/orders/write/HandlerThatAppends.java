package dev.diptych.core.violations.orders.write;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;

/** Planted: a handler that bypasses the repository. */
final class HandlerThatAppends {
    AppendResult handle(EventStore store) {
        return store.append(new StreamName("order-1"), ExpectedVersion.any(), List.of());
    }
}

package dev.diptych.core.violations.orders.read;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.StreamName;

/** Planted: query code that reads a stream. */
final class ViewThatReadsAStream {
    int size(EventStore store) {
        return store.readStream(new StreamName("order-1"), 0, 1).events().size();
    }
}

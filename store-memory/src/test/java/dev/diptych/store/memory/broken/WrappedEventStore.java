package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;

/** The memory store; faults extend it. */
class WrappedEventStore extends DelegatingEventStore {

    final ShiftedClock clock;

    WrappedEventStore() {
        this(new ShiftedClock());
    }

    private WrappedEventStore(ShiftedClock clock) {
        super(new MemoryEventStore(clock));
        this.clock = clock;
    }

    /** Returns the stream's version, 0 when it does not exist. */
    final long versionOf(StreamName stream) {
        return store.readStream(stream, 0, MAX_PAGE).events().size();
    }
}

package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;

/** The memory store, for a fault to be built into. */
class WrappedEventStore extends DelegatingEventStore {

    final ShiftedClock clock;

    WrappedEventStore() {
        this(new ShiftedClock());
    }

    private WrappedEventStore(ShiftedClock clock) {
        super(new MemoryEventStore(clock));
        this.clock = clock;
    }

    /** The number of the stream's last event, 0 when there is none. */
    final long versionOf(StreamName stream) {
        return store.readStream(stream, 0, MAX_PAGE).events().size();
    }
}

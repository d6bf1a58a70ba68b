package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import java.util.List;
import java.util.Optional;

/** The memory store; faults extend it. */
class WrappedEventStore extends DelegatingEventStore {

    final ShiftedClock clock;
    private final Append.Fault appending;

    WrappedEventStore() {
        this((store, append) -> append.to(store));
    }

    WrappedEventStore(Append.Fault appending) {
        this(appending, new ShiftedClock());
    }

    private WrappedEventStore(Append.Fault appending, ShiftedClock clock) {
        super(new MemoryEventStore(clock));
        this.appending = appending;
        this.clock = clock;
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        return appending.append(store, new Append(stream, expected, events, stamp));
    }

    /** Returns the stream's version, 0 when it does not exist. */
    static long versionOf(EventStore store, StreamName stream) {
        return store.readStream(stream, 0, MAX_PAGE).events().size();
    }
}

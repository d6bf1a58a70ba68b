package dev.diptych.core.contract.linearizability;

import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Loses some appends on their way to the store, delays some until a later append, and loses the response to others. The
 * content of an append decides, so that a workload repeats it. Thread-safe.
 */
public final class LostResponses extends DelegatingEventStore {

    private final Queue<Runnable> delayed = new ConcurrentLinkedQueue<>();

    /** Wraps a store. */
    public LostResponses(EventStore store) {
        super(store);
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        Runnable late = delayed.poll();
        if (late != null) {
            late.run();
        }
        switch (Math.floorMod(events.hashCode(), 12)) {
            case 0 -> {}
            case 1 -> delayed.add(() -> store.append(stream, expected, events, stamp));
            case 2 -> store.append(stream, expected, events, stamp);
            default -> {
                return store.append(stream, expected, events, stamp);
            }
        }
        throw new StoreUnavailableException("The response was lost", true, null);
    }
}

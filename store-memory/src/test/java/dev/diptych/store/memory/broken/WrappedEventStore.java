package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StampedReceipt;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The memory store, for a fault to be built into. */
class WrappedEventStore implements EventStore {

    final ShiftedClock clock = new ShiftedClock();
    final EventStore store = new MemoryEventStore(clock);

    @Override
    public String id() {
        return store.id();
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        return store.append(stream, expected, events, stamp);
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        return store.findCommand(commandId);
    }

    @Override
    public int pruneCommands(Duration age, int limit) {
        return store.pruneCommands(age, limit);
    }

    @Override
    public List<RecordedEvent> readStream(StreamName stream, long afterVersion, int limit) {
        return store.readStream(stream, afterVersion, limit);
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        return store.readAll(afterPosition, limit);
    }

    @Override
    public long head() {
        return store.head();
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        return store.onAppend(wake);
    }

    /** The number of the stream's last event, 0 when there is none. */
    final long versionOf(StreamName stream) {
        return store.readStream(stream, 0, MAX_PAGE).size();
    }
}

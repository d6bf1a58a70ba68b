package dev.diptych.core.contract;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Delegates to another store. A test overrides the methods that must differ. As thread-safe as that store. */
public class DelegatingEventStore implements EventStore {

    /** The wrapped store. */
    protected final EventStore store;

    /** Wraps a store. */
    protected DelegatingEventStore(EventStore store) {
        this.store = store;
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        return store.onAppend(wake);
    }

    @Override
    public String history() {
        return store.history();
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
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
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
}

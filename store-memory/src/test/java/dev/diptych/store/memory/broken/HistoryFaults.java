package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;

/** Faults in the handling of histories. */
final class HistoryFaults {

    private HistoryFaults() {}

    /** Reads all events without naming the history. */
    static final class PagesWithoutHistory extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return new EventPage(store.readAll(afterPosition, limit).events(), "");
        }
    }

    /** Reads a stream without naming the history. */
    static final class StreamsWithoutHistory extends WrappedEventStore {
        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            return new EventPage(store.readStream(stream, afterVersion, limit).events(), "");
        }
    }

    /** Compares versions, but not their histories. */
    static AppendResult acceptsVersionsOfAnyHistory(EventStore store, Append append) {
        ExpectedVersion here = append.expected() instanceof ExpectedVersion.Exactly seen
                ? ExpectedVersion.exactly(seen.version(), store.history())
                : append.expected();
        return append.expecting(here).to(store);
    }
}

package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;

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
    static final class AcceptsVersionsOfAnyHistory extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            ExpectedVersion here = expected instanceof ExpectedVersion.Exactly seen
                    ? ExpectedVersion.exactly(seen.version(), history())
                    : expected;
            return store.append(stream, here, events, stamp);
        }
    }
}

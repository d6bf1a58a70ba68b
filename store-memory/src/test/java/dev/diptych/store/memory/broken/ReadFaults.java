package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** Faults in reads. */
final class ReadFaults {

    private ReadFaults() {}

    static RecordedEvent withPayload(RecordedEvent event, String payload) {
        return new RecordedEvent(
                event.position(),
                event.stream(),
                event.version(),
                event.type(),
                event.schemaVersion(),
                payload,
                event.metadata(),
                event.recordedAt());
    }

    static RecordedEvent at(RecordedEvent event, long position, long version) {
        return new RecordedEvent(
                position,
                event.stream(),
                version,
                event.type(),
                event.schemaVersion(),
                event.payload(),
                event.metadata(),
                event.recordedAt());
    }

    static EventPage changed(EventPage page, UnaryOperator<RecordedEvent> change) {
        return new EventPage(page.events().stream().map(change).toList(), page.history());
    }

    /** Changes events when they are read. */
    static final class RewritesReads extends WrappedEventStore {

        private final UnaryOperator<RecordedEvent> change;

        RewritesReads(UnaryOperator<RecordedEvent> change) {
            this.change = change;
        }

        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            return changed(store.readStream(stream, afterVersion, limit), change);
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return changed(store.readAll(afterPosition, limit), change);
        }
    }

    /** Ends a small page before its limit, although more events follow. */
    static final class SmallPagesAreCut extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return store.readAll(afterPosition, limit == 90 ? 45 : limit);
        }
    }

    /** Fails when the stream does not exist. */
    static final class MissingStreamsFail extends WrappedEventStore {
        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            if (versionOf(store, stream) == 0) {
                throw new NoSuchElementException("There is no stream " + stream);
            }
            return store.readStream(stream, afterVersion, limit);
        }
    }

    /** Continues after a full page from another event than the next one. */
    static final class ContinuesElsewhere extends WrappedEventStore {

        private final Set<Long> endsOfFullPages = ConcurrentHashMap.newKeySet();
        private final LongUnaryOperator elsewhere;

        ContinuesElsewhere(LongUnaryOperator elsewhere) {
            this.elsewhere = elsewhere;
        }

        private long from(long after) {
            return endsOfFullPages.contains(after) ? elsewhere.applyAsLong(after) : after;
        }

        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            EventPage page = store.readStream(stream, from(afterVersion), limit);
            if (page.events().size() == limit) {
                endsOfFullPages.add(afterVersion + limit);
            }
            return page;
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(from(afterPosition), limit);
            if (page.events().size() == limit) {
                endsOfFullPages.add(page.events().getLast().position());
            }
            return page;
        }
    }

    /** Starts again from the first event when a read begins beyond the last event. */
    static final class RestartsBeyondTheEnd extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return store.readAll(afterPosition > store.head() ? 0 : afterPosition, limit);
        }
    }

    /** Clamps arguments that are out of range. */
    static final class ReadsWithoutBounds extends WrappedEventStore {
        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            return store.readStream(stream, Math.max(0, afterVersion), Math.clamp(limit, 1, MAX_PAGE));
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return store.readAll(Math.max(0, afterPosition), Math.clamp(limit, 1, MAX_PAGE));
        }
    }

    /** Rejects the maximum page size. */
    static final class RefusesTheLargestPage extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            if (limit == MAX_PAGE) {
                throw new IllegalArgumentException("No page has " + limit + " events");
            }
            return store.readAll(afterPosition, limit);
        }
    }
}

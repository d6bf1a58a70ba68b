package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** What can go wrong on the way back from the store. */
final class ReadFaults {

    private ReadFaults() {}

    /** Has the name of its kind for an id. */
    static final class AllOfOneId extends WrappedEventStore {
        @Override
        public String id() {
            return "memory";
        }
    }

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

    /** Reads events that are not those which were appended. */
    static class Rereads extends WrappedEventStore {

        private final UnaryOperator<RecordedEvent> change;

        private Rereads(UnaryOperator<RecordedEvent> change) {
            this.change = change;
        }

        @Override
        public List<RecordedEvent> readStream(StreamName stream, long afterVersion, int limit) {
            return store.readStream(stream, afterVersion, limit).stream()
                    .map(change)
                    .toList();
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            return new EventPage(page.events().stream().map(change).toList(), page.through());
        }
    }

    /** Counts versions over all streams. */
    static final class VersionsOverAllStreams extends Rereads {
        VersionsOverAllStreams() {
            super(event -> at(event, event.position(), event.position()));
        }
    }

    /** Counts positions in each stream. */
    static final class PositionsPerStream extends Rereads {
        PositionsPerStream() {
            super(event -> at(event, event.version(), event.version()));
        }
    }

    /** Does not know the highest position. */
    static final class HeadStaysAtZero extends WrappedEventStore {
        @Override
        public long head() {
            return 0;
        }
    }

    /** Has no answer for a stream that does not exist. */
    static final class MissingStreamsFail extends WrappedEventStore {
        @Override
        public List<RecordedEvent> readStream(StreamName stream, long afterVersion, int limit) {
            if (versionOf(stream) == 0) {
                throw new NoSuchElementException("There is no stream " + stream);
            }
            return store.readStream(stream, afterVersion, limit);
        }
    }

    /** Goes on after a full page from another event than the next one. */
    abstract static class GoesOnElsewhere extends WrappedEventStore {

        private final Set<Long> endsOfFullPages = ConcurrentHashMap.newKeySet();
        private final LongUnaryOperator elsewhere;

        private GoesOnElsewhere(LongUnaryOperator elsewhere) {
            this.elsewhere = elsewhere;
        }

        private long from(long after) {
            return endsOfFullPages.contains(after) ? elsewhere.applyAsLong(after) : after;
        }

        @Override
        public List<RecordedEvent> readStream(StreamName stream, long afterVersion, int limit) {
            List<RecordedEvent> page = store.readStream(stream, from(afterVersion), limit);
            if (page.size() == limit) {
                endsOfFullPages.add(afterVersion + limit);
            }
            return page;
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(from(afterPosition), limit);
            if (page.events().size() == limit) {
                endsOfFullPages.add(page.through());
            }
            return page;
        }
    }

    /** Begins the page after a full one with the event after the next. */
    static final class SkipsOneBetweenPages extends GoesOnElsewhere {
        SkipsOneBetweenPages() {
            super(after -> after + 1);
        }
    }

    /** Begins the page after a full one with the last event of that. */
    static final class RepeatsOneBetweenPages extends GoesOnElsewhere {
        RepeatsOneBetweenPages() {
            super(after -> after - 1);
        }
    }

    /** Begins the page after a full one with the first event of all. */
    static final class PagesStartOver extends GoesOnElsewhere {
        PagesStartOver() {
            super(after -> 0);
        }
    }

    /** Says of a full page that there is nothing after it. */
    static final class FullPageReachesTheHead extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            return page.events().size() == limit ? new EventPage(page.events(), store.head()) : page;
        }
    }

    /** Sends a reader that is ahead back to the head. */
    static final class ThroughGoesBack extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            return new EventPage(page.events(), Math.min(page.through(), store.head()));
        }
    }

    /** Makes the best of any bounds. */
    static final class ReadsWithoutBounds extends WrappedEventStore {
        @Override
        public List<RecordedEvent> readStream(StreamName stream, long afterVersion, int limit) {
            return store.readStream(stream, Math.max(0, afterVersion), Math.clamp(limit, 1, MAX_PAGE));
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return store.readAll(Math.max(0, afterPosition), Math.clamp(limit, 1, MAX_PAGE));
        }
    }

    /** Takes the largest page for one too large. */
    static final class RefusesTheLargestPage extends WrappedEventStore {
        @Override
        public EventPage readAll(long afterPosition, int limit) {
            if (limit == MAX_PAGE) {
                throw new IllegalArgumentException("No page has " + limit + " events");
            }
            return store.readAll(afterPosition, limit);
        }
    }

    /** Hands out its own lists. */
    static final class MutableLists extends WrappedEventStore {

        private record Part(StreamName stream, long afterVersion, long version) {}

        private final Map<Part, List<RecordedEvent>> lists = new ConcurrentHashMap<>();

        @Override
        public List<RecordedEvent> readStream(StreamName stream, long afterVersion, int limit) {
            return lists.computeIfAbsent(
                    new Part(stream, afterVersion, versionOf(stream)),
                    part -> new ArrayList<>(store.readStream(stream, afterVersion, limit)));
        }
    }
}

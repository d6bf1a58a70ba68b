package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.Receipt;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Faults in appends. */
final class AppendFaults {

    private AppendFaults() {}

    /** Treats {@code NoStream} as {@code Any}. */
    static final class NoStreamAsAny extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean unchecked = expected instanceof ExpectedVersion.NoStream;
            return store.append(stream, unchecked ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    /** Treats {@code Any} as {@code NoStream}. */
    static final class AnyAsNoStream extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean checked = expected instanceof ExpectedVersion.Any;
            return store.append(stream, checked ? ExpectedVersion.noStream() : expected, events, stamp);
        }
    }

    /** Treats {@code Exists} as {@code Any}. */
    static final class ExistsAsAny extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean unchecked = expected instanceof ExpectedVersion.Exists;
            return store.append(stream, unchecked ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    /** Returns a conflict without the actual version of the stream. */
    static final class ConflictWithoutActual extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof Conflict ? new Conflict(stream, expected, 0, history()) : result;
        }
    }

    /** Does not check the expected version of an append without events. */
    static final class EmptyAppendUnchecked extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(stream, events.isEmpty() ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    /** Returns an empty receipt for an append without events. */
    static final class EmptyAppendWithoutReceipt extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof Appended && events.isEmpty()
                    ? new Appended(new Receipt(stream, 0, 0, history()))
                    : result;
        }
    }

    /** Stores the events, then checks the expected version and keeps the events on a conflict. */
    static final class StoresBeforeItChecks extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            long actual = versionOf(stream);
            AppendResult result = store.append(stream, ExpectedVersion.any(), events, stamp);
            return result instanceof Appended && !expected.accepts(actual, history())
                    ? new Conflict(stream, expected, actual, history())
                    : result;
        }
    }

    /** Stores the first event of an append before the others, and lets a reader of the stream read in between. */
    static final class PartialAppend extends WrappedEventStore {

        private final ReadLatch readLatch = new ReadLatch();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            if (events.size() < 2) {
                return store.append(stream, expected, events, stamp);
            }
            AppendResult first = store.append(stream, expected, events.subList(0, 1), stamp);
            readLatch.awaitRead();
            return first instanceof Appended
                    ? store.append(stream, ExpectedVersion.any(), events.subList(1, events.size()))
                    : first;
        }

        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            return readLatch.read(() -> store.readStream(stream, afterVersion, limit));
        }
    }

    /** Stores at most 1,000 events of an append, without an error. */
    static final class TruncatesLargeAppends extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(stream, expected, events.subList(0, Math.min(events.size(), 1_000)), stamp);
        }
    }

    /** Returns the version and position of the first event instead of the last. */
    static final class ReceiptOfFirstEvent extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            if (events.isEmpty() || !(result instanceof Appended(Receipt last))) {
                return result;
            }
            int others = events.size() - 1;
            return new Appended(new Receipt(stream, last.version() - others, last.position() - others, last.history()));
        }
    }

    /** Checks the version and appends in two steps; two callers are between them at the same time. */
    static final class ChecksThenAppends extends WrappedEventStore {

        private final Rendezvous between = new Rendezvous();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            long actual = versionOf(stream);
            if (!expected.accepts(actual, history())) {
                return store.append(stream, expected, events, stamp);
            }
            between.arrive();
            return store.append(stream, ExpectedVersion.any(), events, stamp);
        }
    }

    /** Keeps the caller's list instead of a copy. */
    static final class KeepsTheCallersList extends WrappedEventStore {

        private final Map<StreamName, List<NewEvent>> lists = new ConcurrentHashMap<>();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            lists.putIfAbsent(stream, events);
            return store.append(stream, expected, events, stamp);
        }

        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            List<NewEvent> first = lists.getOrDefault(stream, List.of());
            return ReadFaults.changed(
                    store.readStream(stream, afterVersion, limit),
                    event -> event.version() <= first.size()
                            ? ReadFaults.withPayload(
                                    event, first.get((int) event.version() - 1).payload())
                            : event);
        }
    }
}

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

/** What can go wrong between the call of an append and its result. */
final class AppendFaults {

    private AppendFaults() {}

    /** Takes "must be new" for "do not check". */
    static final class NoStreamAsAny extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean unchecked = expected instanceof ExpectedVersion.NoStream;
            return store.append(stream, unchecked ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    /** Takes "do not check" for "must be new". */
    static final class AnyAsNoStream extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean checked = expected instanceof ExpectedVersion.Any;
            return store.append(stream, checked ? ExpectedVersion.noStream() : expected, events, stamp);
        }
    }

    /** Takes "must exist" for "do not check". */
    static final class ExistsAsAny extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean unchecked = expected instanceof ExpectedVersion.Exists;
            return store.append(stream, unchecked ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    /** Does not say at which version the stream is. */
    static final class ConflictWithoutActual extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            return result instanceof Conflict ? new Conflict(stream, expected, 0, history()) : result;
        }
    }

    /** Sees nothing to check where there is nothing to store. */
    static final class EmptyAppendUnchecked extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(stream, events.isEmpty() ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    /** Sees no stream to look at where there is nothing to store. */
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

    /** Checks once all is stored, and leaves it there. */
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

    /** Stores the first event of an append before the others, and lets a reader of the stream see that. */
    static final class PartialAppend extends WrappedEventStore {

        private final Look look = new Look();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            if (events.size() < 2) {
                return store.append(stream, expected, events, stamp);
            }
            AppendResult first = store.append(stream, expected, events.subList(0, 1), stamp);
            look.awaitOne();
            return first instanceof Appended
                    ? store.append(stream, ExpectedVersion.any(), events.subList(1, events.size()))
                    : first;
        }

        @Override
        public EventPage readStream(StreamName stream, long afterVersion, int limit) {
            return look.at(() -> store.readStream(stream, afterVersion, limit));
        }
    }

    /** Has room for a thousand events, and is silent about the rest. */
    static final class CutsLargeAppends extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            return store.append(stream, expected, events.subList(0, Math.min(events.size(), 1_000)), stamp);
        }
    }

    /** Answers with the place of the first event instead of the last. */
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

    /** Looks at the version, and then appends, as two steps; two callers are between them at the same time. */
    static final class ChecksThenAppends extends WrappedEventStore {

        private final Meeting between = new Meeting();

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

    /** Keeps the very list that it was given. */
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

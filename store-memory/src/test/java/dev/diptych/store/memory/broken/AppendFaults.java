package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Faults in appends. */
final class AppendFaults {

    private AppendFaults() {}

    /** Treats {@code NoStream} as {@code Any}. */
    static AppendResult noStreamAsAny(EventStore store, Append append) {
        boolean unchecked = append.expected() instanceof ExpectedVersion.NoStream;
        return append.expecting(unchecked ? ExpectedVersion.any() : append.expected())
                .to(store);
    }

    /** Treats {@code Any} as {@code NoStream}. */
    static AppendResult anyAsNoStream(EventStore store, Append append) {
        boolean checked = append.expected() instanceof ExpectedVersion.Any;
        return append.expecting(checked ? ExpectedVersion.noStream() : append.expected())
                .to(store);
    }

    /** Treats {@code Exists} as {@code Any}. */
    static AppendResult existsAsAny(EventStore store, Append append) {
        boolean unchecked = append.expected() instanceof ExpectedVersion.Exists;
        return append.expecting(unchecked ? ExpectedVersion.any() : append.expected())
                .to(store);
    }

    /** Returns a conflict without the actual version of the stream. */
    static AppendResult conflictWithoutActual(EventStore store, Append append) {
        AppendResult result = append.to(store);
        return result instanceof Conflict
                ? new Conflict(append.stream(), append.expected(), 0, store.history())
                : result;
    }

    /** Does not check the expected version of an append without events. */
    static AppendResult emptyAppendUnchecked(EventStore store, Append append) {
        return append.expecting(append.events().isEmpty() ? ExpectedVersion.any() : append.expected())
                .to(store);
    }

    /** Returns an empty receipt for an append without events. */
    static AppendResult emptyAppendWithoutReceipt(EventStore store, Append append) {
        AppendResult result = append.to(store);
        return result instanceof Appended && append.events().isEmpty()
                ? new Appended(new Receipt(append.stream(), 0, 0, store.history()))
                : result;
    }

    /** Stores the events, then checks the expected version and keeps the events on a conflict. */
    static AppendResult storesBeforeItChecks(EventStore store, Append append) {
        long actual = WrappedEventStore.versionOf(store, append.stream());
        AppendResult result = append.expecting(ExpectedVersion.any()).to(store);
        return result instanceof Appended && !append.expected().accepts(actual, store.history())
                ? new Conflict(append.stream(), append.expected(), actual, store.history())
                : result;
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
    static AppendResult truncatesLargeAppends(EventStore store, Append append) {
        List<NewEvent> events = append.events();
        return append.storing(events.subList(0, Math.min(events.size(), 1_000))).to(store);
    }

    /** Returns the version and position of the first event instead of the last. */
    static AppendResult receiptOfFirstEvent(EventStore store, Append append) {
        AppendResult result = append.to(store);
        if (append.events().isEmpty() || !(result instanceof Appended(Receipt last))) {
            return result;
        }
        int others = append.events().size() - 1;
        return new Appended(
                new Receipt(append.stream(), last.version() - others, last.position() - others, last.history()));
    }

    /** Checks the version and appends in two steps; two callers are between them at the same time. */
    static final class ChecksThenAppends extends WrappedEventStore {

        private final Rendezvous between = new Rendezvous();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            long actual = versionOf(store, stream);
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

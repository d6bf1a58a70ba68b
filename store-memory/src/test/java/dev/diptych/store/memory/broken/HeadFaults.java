package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Faults in the head. */
final class HeadFaults {

    private HeadFaults() {}

    /** Updates the head only when events are read. */
    static final class HeadOfTheLastRead extends WrappedEventStore {

        private final AtomicLong known = new AtomicLong();

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            long head = store.head();
            EventPage page = store.readAll(afterPosition, limit);
            long read = page.events().isEmpty() ? head : page.events().getLast().position();
            known.accumulateAndGet(read, Math::max);
            return page;
        }

        @Override
        public long head() {
            return known.get();
        }
    }

    /** Counts positions that were drawn for refused appends. */
    static final class HeadCountsRefusedEvents extends WrappedEventStore {

        private final AtomicLong refused = new AtomicLong();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            refused.addAndGet(result instanceof Appended ? 0 : events.size());
            return result;
        }

        @Override
        public long head() {
            return store.head() + refused.get();
        }
    }

    /** Reserves positions in blocks of 100 and counts the unused ones. */
    static final class HeadCountsReservedPositions extends WrappedEventStore {
        @Override
        public long head() {
            return Math.ceilDiv(store.head(), 100) * 100;
        }
    }

    /** Raises the head to the position from which a reader reads. */
    static final class HeadFollowsReaders extends WrappedEventStore {

        private final AtomicLong furthest = new AtomicLong();

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            furthest.accumulateAndGet(afterPosition, Math::max);
            return store.readAll(afterPosition, limit);
        }

        @Override
        public long head() {
            return Math.max(store.head(), furthest.get());
        }
    }
}

package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What can go wrong with the position of the last event. */
final class HeadFaults {

    private HeadFaults() {}

    /** Knows only where the last event was when a reader found no more. */
    static final class HeadOfTheLastLook extends WrappedEventStore {

        private final AtomicLong known = new AtomicLong();

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            long head = store.head();
            EventPage page = store.readAll(afterPosition, limit);
            if (page.events().isEmpty()) {
                known.accumulateAndGet(head, Math::max);
            }
            return page;
        }

        @Override
        public long head() {
            return known.get();
        }
    }

    /** Counts the numbers that were drawn for an append and lost with it. */
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

    /** Draws a hundred numbers at once, and counts those that no event has yet. */
    static final class HeadCountsNumbersDrawnAhead extends WrappedEventStore {
        @Override
        public long head() {
            return Math.ceilDiv(store.head(), 100) * 100;
        }
    }

    /** Takes the place that a reader comes from for one that exists. */
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

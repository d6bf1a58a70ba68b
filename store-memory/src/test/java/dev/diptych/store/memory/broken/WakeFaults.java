package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
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
import java.util.concurrent.atomic.AtomicBoolean;

/** Faults in wake-ups. */
final class WakeFaults {

    private WakeFaults() {}

    /** The listeners of a store that calls them itself. */
    static final class Listeners {

        private final Map<Object, Runnable> wakes = new ConcurrentHashMap<>();

        EventStore.Subscription add(Runnable wake) {
            var id = new Object();
            wakes.put(id, wake);
            return () -> wakes.remove(id);
        }

        void wake() {
            wakes.values().forEach(Runnable::run);
        }
    }

    /** Never calls a listener. */
    static final class NeverWakes extends WrappedEventStore {
        @Override
        public Subscription onAppend(Runnable wake) {
            return () -> {};
        }
    }

    /** Wakes a reader only once, as if it were still reading when it has already read an empty page. */
    static final class LosesWakeUps extends WrappedEventStore {

        private final ReadLatch readLatch = new ReadLatch();

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            return page.events().isEmpty() ? readLatch.read(() -> page) : page;
        }

        @Override
        public Subscription onAppend(Runnable wake) {
            var woken = new AtomicBoolean();
            return store.onAppend(() -> {
                if (!woken.getAndSet(true)) {
                    readLatch.awaitReadAfter(wake);
                }
            });
        }
    }

    /** Wakes readers before it stores its first append, and lets one of them read in between. */
    static final class WakesTooEarly extends WrappedEventStore {

        private final Listeners listeners = new Listeners();
        private final AtomicBoolean appended = new AtomicBoolean();
        private final ReadLatch readLatch = new ReadLatch();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean tooEarly = !appended.getAndSet(true);
            if (tooEarly) {
                readLatch.awaitReadAfter(listeners::wake);
            }
            AppendResult result = store.append(stream, expected, events, stamp);
            if (!tooEarly) {
                listeners.wake();
            }
            return result;
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return readLatch.read(() -> store.readAll(afterPosition, limit));
        }

        @Override
        public Subscription onAppend(Runnable wake) {
            return listeners.add(wake);
        }
    }

    /** Identifies subscriptions by their listener: closing one closes its duplicate. */
    static final class ClosesDuplicates extends WrappedEventStore {

        private final Map<Runnable, Subscription> subscriptions = new ConcurrentHashMap<>();

        @Override
        public Subscription onAppend(Runnable wake) {
            subscriptions.computeIfAbsent(wake, store::onAppend);
            return () -> Optional.ofNullable(subscriptions.remove(wake)).ifPresent(Subscription::close);
        }
    }

    /** Wakes subscriptions that were closed. */
    static final class WakesClosedSubscriptions extends WrappedEventStore {
        @Override
        public Subscription onAppend(Runnable wake) {
            store.onAppend(wake);
            return () -> {};
        }
    }
}

package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What can go wrong with telling readers that there is something to read. */
final class WakeFaults {

    private WakeFaults() {}

    /** Those that a store wakes by itself. */
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

    /** Tells nobody. */
    static final class NeverWakes extends WrappedEventStore {
        @Override
        public Subscription onAppend(Runnable wake) {
            return () -> {};
        }
    }

    /** Wakes a reader once; takes it to be still busy with that when it has long found nothing more to read. */
    static final class LosesWakeUps extends WrappedEventStore {

        private final Look look = new Look();

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            return page.events().isEmpty() ? look.at(() -> page) : page;
        }

        @Override
        public Subscription onAppend(Runnable wake) {
            var woken = new AtomicBoolean();
            return store.onAppend(() -> {
                if (!woken.getAndSet(true)) {
                    look.awaitOneOn(wake);
                }
            });
        }
    }

    /** Wakes readers of its first append before there is anything to read, and lets one see that. */
    static final class WakesTooEarly extends WrappedEventStore {

        private final Listeners listeners = new Listeners();
        private final AtomicBoolean appended = new AtomicBoolean();
        private final Look look = new Look();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            boolean tooEarly = !appended.getAndSet(true);
            if (tooEarly) {
                look.awaitOneOn(listeners::wake);
            }
            AppendResult result = store.append(stream, expected, events, stamp);
            if (!tooEarly) {
                listeners.wake();
            }
            return result;
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            return look.at(() -> store.readAll(afterPosition, limit));
        }

        @Override
        public Subscription onAppend(Runnable wake) {
            return listeners.add(wake);
        }
    }

    /** Tells subscriptions apart by what they call: to close one is to close its twin. */
    static final class ClosesTwins extends WrappedEventStore {

        private final Map<Runnable, Subscription> subscriptions = new ConcurrentHashMap<>();

        @Override
        public Subscription onAppend(Runnable wake) {
            subscriptions.computeIfAbsent(wake, store::onAppend);
            return () -> Optional.ofNullable(subscriptions.remove(wake)).ifPresent(Subscription::close);
        }
    }

    /** Cannot be told to stop. */
    static final class WakesTheClosed extends WrappedEventStore {
        @Override
        public Subscription onAppend(Runnable wake) {
            store.onAppend(wake);
            return () -> {};
        }
    }
}

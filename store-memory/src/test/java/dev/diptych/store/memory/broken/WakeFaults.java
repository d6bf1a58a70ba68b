package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What can go wrong with telling readers that there is something to read. */
final class WakeFaults {

    private WakeFaults() {}

    /** Tells nobody. */
    static final class NeverWakes extends WrappedEventStore {
        @Override
        public Subscription onAppend(Runnable wake) {
            return () -> {};
        }
    }

    /** Merges two wake-ups into the earlier one, as if the reader had to be still busy with it. */
    static final class LosesWakeUps extends WrappedEventStore {
        @Override
        public Subscription onAppend(Runnable wake) {
            var appends = new AtomicInteger();
            return store.onAppend(() -> {
                if (appends.getAndIncrement() % 2 == 0) {
                    wake.run();
                }
            });
        }
    }

    /** Wakes readers before there is anything for them. */
    static final class WakesTooEarly extends WrappedEventStore {

        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private final Rendezvous readers = new Rendezvous();

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            listeners.forEach(Runnable::run);
            readers.letPass();
            return store.append(stream, expected, events, stamp);
        }

        @Override
        public EventPage readAll(long afterPosition, int limit) {
            EventPage page = store.readAll(afterPosition, limit);
            readers.pass();
            return page;
        }

        @Override
        public Subscription onAppend(Runnable wake) {
            listeners.add(wake);
            return () -> listeners.remove(wake);
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

package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Callers;
import dev.diptych.core.contract.Callers.Role;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws positions from a sequence before it commits, as a database does, and lets a reader continue after the last
 * visible event: an event with a lower position that commits later is never read. The append that draws the first
 * position commits late: after another append has committed and a reader has read past both positions.
 */
final class SkipsLateCommits extends WrappedEventStore {

    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong passed = new AtomicLong();
    private final WakeFaults.Listeners listeners = new WakeFaults.Listeners();
    private final NavigableMap<Long, RecordedEvent> committed = new ConcurrentSkipListMap<>();

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        AppendResult result;
        if (sequence.compareAndSet(0, events.size())) {
            Callers.await(Role.WRITER, () -> !committed.isEmpty());
            if (!committed.isEmpty()) {
                Callers.await(Role.READER, () -> passed.get() > 1);
            }
            result = commit(stream, expected, events, stamp, 1);
        } else {
            result = drawAndCommit(stream, expected, events, stamp);
        }
        Callers.signal();
        listeners.wake();
        return result;
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        return listeners.add(wake);
    }

    private synchronized AppendResult drawAndCommit(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        return commit(stream, expected, events, stamp, sequence.getAndAdd(events.size()) + 1);
    }

    private synchronized AppendResult commit(
            StreamName stream,
            ExpectedVersion expected,
            List<NewEvent> events,
            Optional<CommandStamp> stamp,
            long first) {
        long before = versionOf(store, stream);
        AppendResult result = store.append(stream, expected, events, stamp);
        if (result instanceof Appended) {
            for (RecordedEvent event :
                    store.readStream(stream, before, MAX_PAGE).events()) {
                long position = first + event.version() - before - 1;
                committed.put(position, ReadFaults.at(event, position, event.version()));
            }
        }
        return result;
    }

    @Override
    public synchronized EventPage readAll(long afterPosition, int limit) {
        EventStore.requireBounds(afterPosition, limit);
        List<RecordedEvent> visible = committed.tailMap(afterPosition, false).values().stream()
                .limit(limit)
                .toList();
        long last = visible.isEmpty() ? afterPosition : visible.getLast().position();
        passed.accumulateAndGet(last, Math::max);
        Callers.signal();
        return new EventPage(visible, history());
    }

    @Override
    public long head() {
        return committed.isEmpty() ? 0 : committed.lastKey();
    }
}

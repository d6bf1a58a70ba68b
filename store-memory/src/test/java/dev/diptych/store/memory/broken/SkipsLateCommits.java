package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws positions from a sequence before it commits, as a database does, and lets a reader go on after the last event
 * that it can see: what was drawn earlier and is committed later is never read.
 */
class SkipsLateCommits extends WrappedEventStore {

    private final AtomicLong sequence = new AtomicLong();
    private final NavigableMap<Long, RecordedEvent> committed = new ConcurrentSkipListMap<>();
    private final Map<StreamName, Object> streams = new ConcurrentHashMap<>();
    private final Rendezvous readers = new Rendezvous();

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        synchronized (streams.computeIfAbsent(stream, name -> new Object())) {
            long first = sequence.getAndAdd(events.size()) + 1;
            if (first % 3 == 0) {
                readers.letPass(); // a commit that takes longer than others
            }
            long before = versionOf(stream);
            AppendResult result = store.append(stream, expected, events, stamp);
            if (result instanceof Appended) {
                for (RecordedEvent event : store.readStream(stream, before, MAX_PAGE)) {
                    long position = first + event.version() - before - 1;
                    committed.put(position, ReadFaults.at(event, position, event.version()));
                }
            }
            return result;
        }
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        List<RecordedEvent> visible = committed.tailMap(afterPosition, false).values().stream()
                .limit(limit)
                .toList();
        readers.pass();
        long last = visible.isEmpty() ? afterPosition : visible.getLast().position();
        return new EventPage(visible, visible.size() == limit ? last : through(last));
    }

    /** How far a page reaches that is not full. */
    long through(long last) {
        return last;
    }

    @Override
    public long head() {
        return sequence.get();
    }

    /** The same, and trusts that everything up to the last position that was drawn can be seen. */
    static final class ReadsUpToTheHead extends SkipsLateCommits {
        @Override
        long through(long last) {
            return Math.max(last, head());
        }
    }
}

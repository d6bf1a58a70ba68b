package dev.diptych.store.memory;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An event store in memory. A lock serializes appends, which gives events their total order; reads do not block. An
 * append becomes visible to all reads at the same moment: when the size of the log includes it. Thread-safe.
 */
public final class MemoryEventStore implements EventStore {

    private final String history = HexFormat.of().toHexDigits(new SecureRandom().nextLong(), 12);
    private final InstantSource clock;
    private final ReentrantLock appending = new ReentrantLock();
    private final AppendLog<RecordedEvent> all = new AppendLog<>();
    private final Map<String, AppendLog<RecordedEvent>> streams = new ConcurrentHashMap<>();
    private final Map<String, StampedReceipt> commands = new ConcurrentHashMap<>();
    private final ReentrantLock pruning = new ReentrantLock();
    private final Queue<StoredCommandId> commandsByAge = new ConcurrentLinkedQueue<>();
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private volatile long horizon = Long.MAX_VALUE;

    /** Creates an empty store with the system clock. */
    public MemoryEventStore() {
        this(InstantSource.system());
    }

    /** Creates an empty store with the given clock, which supplies the times of events and command ids. */
    public MemoryEventStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the only history, which lasts as long as the process. */
    @Override
    public String history() {
        return history;
    }

    @Override
    public AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
        List<NewEvent> copy = List.copyOf(events);
        AppendResult result;
        appending.lock();
        try {
            Receipt before = receipt(stream);
            result = check(before, expected, stamp).orElseGet(() -> store(before, copy, stamp));
        } finally {
            appending.unlock();
        }
        if (result instanceof AppendResult.Appended && !copy.isEmpty()) {
            wakeAll();
        }
        return result;
    }

    /** Returns the outcome of an append that cannot be stored; empty when it can. */
    private Optional<AppendResult> check(Receipt before, ExpectedVersion expected, Optional<CommandStamp> stamp) {
        StampedReceipt first = stamp.map(s -> commands.get(s.commandId())).orElse(null);
        if (first != null) {
            boolean repeated = first.receipt().stream().equals(before.stream())
                    && stamp.filter(first::hasSameContentAs).isPresent();
            return Optional.of(
                    repeated ? new AppendResult.Repeated(first.receipt()) : new AppendResult.CommandIdTaken(first));
        }
        long actual = before.version();
        return expected.accepts(actual, history)
                ? Optional.empty()
                : Optional.of(new AppendResult.Conflict(before.stream(), expected, actual, history));
    }

    private AppendResult store(Receipt before, List<NewEvent> events, Optional<CommandStamp> stamp) {
        List<RecordedEvent> recorded = recorded(before, events);
        Receipt receipt = recorded.isEmpty() ? before : receipt(recorded.getLast());
        stamp.ifPresent(s -> {
            commands.put(s.commandId(), new StampedReceipt(s, receipt));
            commandsByAge.add(new StoredCommandId(s.commandId(), clock.instant()));
        });
        if (!recorded.isEmpty()) {
            streams.computeIfAbsent(before.stream().value(), name -> new AppendLog<>())
                    .append(recorded);
            all.append(recorded); // last: its size makes everything visible
        }
        return new AppendResult.Appended(receipt);
    }

    private List<RecordedEvent> recorded(Receipt before, List<NewEvent> events) {
        long version = before.version();
        long position = all.size();
        Instant now = clock.instant();
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            recorded.add(new RecordedEvent(
                    ++position,
                    before.stream(),
                    ++version,
                    event.type(),
                    event.schemaVersion(),
                    event.payload(),
                    event.metadata(),
                    now));
        }
        return recorded;
    }

    private Receipt receipt(RecordedEvent last) {
        return new Receipt(last.stream(), last.version(), last.position(), history);
    }

    private Receipt receipt(StreamName stream) {
        AppendLog<RecordedEvent> log = streams.get(stream.value());
        if (log == null) {
            return new Receipt(stream, 0, 0, history);
        }
        return receipt(log.last());
    }

    @Override
    public Optional<StampedReceipt> findCommand(String commandId) {
        return Optional.ofNullable(commands.get(commandId))
                .filter(found -> found.receipt().position() <= all.size());
    }

    private record StoredCommandId(String commandId, Instant storedAt) {}

    @Override
    public int pruneCommands(Duration age, int limit) {
        EventStore.requirePrunable(age, limit);
        Instant newest = clock.instant().minus(age);
        int pruned = 0;
        pruning.lock();
        try {
            for (StoredCommandId oldest = commandsByAge.peek();
                    oldest != null && pruned < limit && !oldest.storedAt().isAfter(newest);
                    oldest = commandsByAge.peek()) {
                commandsByAge.remove();
                commands.remove(oldest.commandId());
                pruned++;
            }
        } finally {
            pruning.unlock();
        }
        return pruned;
    }

    @Override
    public EventPage readStream(StreamName stream, long afterVersion, int limit) {
        EventStore.requireBounds(afterVersion, limit);
        long visible = all.size(); // before the stream, which may have events that are not visible yet
        AppendLog<RecordedEvent> log = streams.get(stream.value());
        List<RecordedEvent> page = log == null ? List.of() : log.read(afterVersion, limit);
        boolean whole = page.isEmpty() || page.getLast().position() <= visible;
        return new EventPage(
                whole
                        ? page
                        : page.stream()
                                .takeWhile(event -> event.position() <= visible)
                                .toList(),
                history);
    }

    @Override
    public EventPage readAll(long afterPosition, int limit) {
        EventStore.requireBounds(afterPosition, limit);
        long readable = Math.max(0, horizon - afterPosition);
        return new EventPage(all.read(afterPosition, (int) Math.min(limit, readable)), history);
    }

    /**
     * Holds readers of all events back at the head, as an open append does in a database.
     *
     * @return lets them read on
     */
    public Runnable holdReaders() {
        horizon = head();
        return () -> {
            horizon = Long.MAX_VALUE;
            wakeAll();
        };
    }

    private void wakeAll() {
        listeners.values().forEach(Runnable::run);
    }

    @Override
    public long head() {
        return all.size();
    }

    @Override
    public Subscription onAppend(Runnable wake) {
        Object id = new Object();
        listeners.put(id, wake);
        return () -> listeners.remove(id);
    }
}

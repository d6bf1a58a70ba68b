package dev.diptych.core.projection;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes the events of a store once for all projections of a node. It keeps the last events in a window of
 * bounded size. A projection whose checkpoint is not in the window reads for itself. Thread-safe.
 *
 * <p>It has no thread: the first runner that needs events after the window reads them, and the others wait for it. The
 * store is not read while nothing has been appended; because wake-ups of other nodes can be late, it is read again
 * after the maximum age.
 */
public final class LogReader {

    /** The maximum number of events that one call to the store reads. */
    private static final int PAGE = 2_000;

    /** At this many characters of payload and metadata, a batch ends. Limits its memory. */
    private static final long MAX_BATCH_CHARACTERS = 10_000_000;

    /**
     * Under load, reads are spaced by ten times the duration of the last one, within these bounds, so that projections
     * apply several appends in one batch. The read after an idle time is not delayed.
     */
    private static final Duration MIN_INTERVAL = Duration.ofMillis(5);

    private static final Duration MAX_INTERVAL = Duration.ofMillis(50);

    private final EventStore store;
    private final EventCodec codec;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private final AtomicLong appends = new AtomicLong();
    private final ReentrantLock reading = new ReentrantLock();

    // Guarded by "reading".
    private final Window window = new Window();
    private boolean readToTheEnd;
    private long appendsBeforeRead;
    private long readAt;
    private long nextReadAt;

    private volatile boolean discarded;

    private EventStore.@Nullable Subscription subscription;

    /** Creates a reader of a store. */
    public LogReader(EventStore store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /**
     * Events of one read.
     *
     * @param characters of payload and metadata
     * @param full whether the batch ended at its maximum number of events
     * @param last whether no further event could be read
     */
    record Read(Batch batch, long characters, boolean full, boolean last) {}

    EventStore store() {
        return store;
    }

    /** Registers a listener for appends, as {@link EventStore#onAppend} does. */
    synchronized EventStore.Subscription onAppend(Runnable wake) {
        Object id = new Object();
        listeners.put(id, wake);
        if (subscription == null) {
            subscription = store.onAppend(this::appended);
        }
        return () -> unsubscribe(id);
    }

    private synchronized void unsubscribe(Object id) {
        listeners.remove(id);
        if (listeners.isEmpty() && subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    private void appended() {
        appends.incrementAndGet(); // before the listeners, which may ask for the events immediately
        listeners.values().forEach(Runnable::run);
    }

    /**
     * Returns the events after a checkpoint. Reads the store if events may have been appended after the window.
     *
     * @param maxAge the age at which the last read must be repeated, and the maximum time to wait for another runner
     * @return empty if the checkpoint is not in the window
     */
    Optional<Batch> after(long checkpoint, int limit, Duration maxAge) {
        if (!lock(maxAge)) {
            return Optional.empty();
        }
        try {
            if (discarded) {
                discarded = false;
                window.clear();
            }
            if (!window.covers(checkpoint)) {
                return Optional.empty();
            }
            if (checkpoint == window.end() && mayHaveMore(maxAge)) {
                String history = readOn();
                if (window.isEmpty()) {
                    return Optional.of(new Batch(checkpoint, List.of(), history));
                }
            }
            return Optional.of(window.after(checkpoint, limit));
        } finally {
            reading.unlock();
        }
    }

    private boolean lock(Duration atMost) {
        try {
            return reading.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean mayHaveMore(Duration maxAge) {
        return !readToTheEnd || appends.get() != appendsBeforeRead || System.nanoTime() - readAt >= maxAge.toNanos();
    }

    /** Reads the events after the window, which is empty afterwards if the history has changed; returns the history. */
    private String readOn() {
        if (readToTheEnd) {
            rest();
        }
        long appendsBefore = appends.get();
        long now = System.nanoTime();
        Read read = read(window.end(), PAGE);
        boolean unreported =
                appendsBefore == appendsBeforeRead && !read.batch().events().isEmpty();
        window.add(read);
        readToTheEnd = read.last();
        appendsBeforeRead = appendsBefore;
        readAt = now;
        long interval = 10 * (System.nanoTime() - now);
        nextReadAt = now + Math.clamp(interval, MIN_INTERVAL.toNanos(), MAX_INTERVAL.toNanos());
        if (unreported) { // such as events that an append in flight had held back until it was rolled back
            listeners.values().forEach(Runnable::run);
        }
        return read.batch().history();
    }

    /** Holds the lock meanwhile: the other runners need the same events. */
    private void rest() {
        long left = nextReadAt - System.nanoTime();
        while (left > 0
                && left <= MAX_INTERVAL.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = nextReadAt - System.nanoTime();
        }
    }

    /** Offers a runner's own read as the window: taken if it found the last events, and the window ends earlier. */
    void offer(Read read) {
        if (!read.last() || read.batch().events().isEmpty() || !reading.tryLock()) {
            return;
        }
        try {
            if (window.endsBefore(read.batch())) {
                window.clear();
                window.add(read);
                readToTheEnd = false; // events may have been appended since
            }
        } finally {
            reading.unlock();
        }
    }

    /** Empties the window, after a read model has rejected a batch: the store's history may have changed. */
    void discard() {
        discarded = true;
    }

    /** Reads page by page, so that at most two pages of undecoded events are in memory. */
    Read read(long after, int size) {
        List<PublishedEvent<?>> events = new ArrayList<>();
        long characters = 0;
        int limit = Math.min(size, PAGE);
        EventPage page = store.readAll(after, limit);
        String history = page.history();
        while (true) {
            long before = characters;
            for (RecordedEvent event : page.events()) {
                characters += event.payload().length() + event.metadata().length();
                events.add(new PublishedEvent<>(decode(event), event.version(), event.position(), event.metadata()));
            }
            boolean last = page.events().size() < limit && characters - before < EventStore.MIN_CUT_PAGE_CHARACTERS;
            boolean full = events.size() == size;
            if (page.events().size() < limit || full || characters >= MAX_BATCH_CHARACTERS) {
                return new Read(new Batch(after, events, history), characters, full, last);
            }
            limit = Math.min(size - events.size(), PAGE);
            page = store.readAll(page.events().getLast().position(), limit);
            if (!page.history().equals(history)) { // changed between two pages
                return new Read(new Batch(after, events, history), characters, false, false);
            }
        }
    }

    /** Each projection decides whether an event that cannot be read concerns it. */
    private Object decode(RecordedEvent event) {
        try {
            return codec.decode(event);
        } catch (UnreadableEventException e) {
            return new Batch.Unreadable(event, e);
        }
    }
}

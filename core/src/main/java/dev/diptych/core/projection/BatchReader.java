package dev.diptych.core.projection;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes the events after a checkpoint. After a full batch it prefetches the next one on another thread,
 * while the caller applies the first. A prefetched batch cannot be stale, because events are immutable; if the history
 * changes, no read model applies the batch. Only an empty result is read again. A prefetched batch that does not begin
 * at the checkpoint is discarded; its read is not cancelled. Not thread-safe.
 */
final class BatchReader implements AutoCloseable {

    /** The maximum number of events that one call to the store reads. */
    private static final int PAGE = 2_000;

    /** Limits the memory of a batch: at this many characters of payload and metadata, it ends. */
    private static final long MAX_CHARACTERS = 10_000_000;

    private final EventStore store;
    private final EventCodec codec;
    private final Thread.Builder threads;
    private @Nullable Prefetch prefetch;

    /**
     * Creates a reader without a prefetched batch.
     *
     * @param name the name of the prefetching thread
     */
    BatchReader(EventStore store, EventCodec codec, String name) {
        this.store = store;
        this.codec = codec;
        this.threads = Thread.ofPlatform().name(name).daemon();
    }

    private record Read(Batch batch, boolean full) {}

    private record Prefetch(long after, CompletableFuture<Read> read) {}

    /**
     * Returns the next events.
     *
     * @param size the maximum number of events; a prefetched batch has the limit of the previous call
     */
    Batch after(long checkpoint, int size) {
        Prefetch started = prefetch;
        prefetch = null;
        Read read = started != null && started.after() == checkpoint ? await(started.read()) : read(checkpoint, size);
        if (started != null && read.batch().events().isEmpty()) {
            read = read(checkpoint, size); // events may have been appended since, and their wake-up has been consumed
        }
        if (read.full()) {
            long next = read.batch().through();
            prefetch = new Prefetch(next, CompletableFuture.supplyAsync(() -> read(next, size), threads::start));
        }
        return read.batch();
    }

    private static Read await(CompletableFuture<Read> read) {
        try {
            return read.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Reads page by page, so that at most two pages of undecoded events are in memory. */
    private Read read(long after, int size) {
        List<PublishedEvent<?>> events = new ArrayList<>();
        long characters = 0;
        int limit = Math.min(size, PAGE);
        EventPage page = store.readAll(after, limit);
        String history = page.history();
        while (true) {
            for (RecordedEvent event : page.events()) {
                characters += event.payload().length() + event.metadata().length();
                events.add(new PublishedEvent<>(decode(event), event.version(), event.position()));
            }
            boolean more = page.events().size() == limit && events.size() < size && characters < MAX_CHARACTERS;
            if (!more) {
                return new Read(new Batch(after, events, history), events.size() == size);
            }
            limit = Math.min(size - events.size(), PAGE);
            page = store.readAll(page.events().getLast().position(), limit);
            if (!page.history().equals(history)) {
                return new Read(new Batch(after, events, history), false); // the history changed between two pages
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

    /** Waits for a running prefetch. */
    @Override
    public void close() {
        if (prefetch != null) {
            prefetch.read().handle((read, failure) -> read).join();
        }
    }
}

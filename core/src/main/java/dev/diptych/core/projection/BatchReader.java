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
 * Reads and decodes what comes after a checkpoint. After a full batch it reads the next one ahead, in a thread of its own,
 * while the first is being applied. It is right whenever it is used: what has happened does not change any more, unless
 * the history does, and then no read model takes the batch; only that there was nothing is asked again. One that is not
 * used, because the checkpoint went elsewhere, is read to its end all the same. Used by one thread.
 */
final class BatchReader implements AutoCloseable {

    /** How many events are read at once. */
    private static final int PAGE = 2_000;

    /** A batch that has so many characters of payload and metadata ends: few large events are as many as many small ones. */
    private static final long MAX_CHARACTERS = 10_000_000;

    private final EventStore store;
    private final EventCodec codec;
    private final Thread.Builder threads;
    private @Nullable Ahead ahead;

    /**
     * A reader that has read nothing.
     *
     * @param name of the thread that reads ahead
     */
    BatchReader(EventStore store, EventCodec codec, String name) {
        this.store = store;
        this.codec = codec;
        this.threads = Thread.ofPlatform().name(name).daemon();
    }

    private record Read(Batch batch, boolean full) {}

    private record Ahead(long after, CompletableFuture<Read> read) {}

    /**
     * The next events.
     *
     * @param size the most of them; of those that were read ahead there may be as many as the last time
     * @throws PoisonedEventException when the very next event cannot be read; up to a later one, the batch ends before it
     */
    Batch after(long checkpoint, int size) {
        Ahead started = ahead;
        ahead = null;
        Read read = started != null && started.after() == checkpoint ? await(started.read()) : read(checkpoint, size);
        if (started != null && read.batch().events().isEmpty()) {
            read = read(checkpoint, size); // events may have come since: their wake-up was for the round before
        }
        if (read.full()) {
            long next = read.batch().through();
            ahead = new Ahead(next, CompletableFuture.supplyAsync(() -> read(next, size), threads::start));
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

    /** Page by page, so that of the stored form no more than a page or two are in memory. */
    private Read read(long after, int size) {
        List<PublishedEvent<?>> events = new ArrayList<>();
        long characters = 0;
        int limit = Math.min(size, PAGE);
        EventPage page = store.readAll(after, limit);
        String history = page.history();
        while (true) {
            for (RecordedEvent event : page.events()) {
                characters += event.payload().length() + event.metadata().length();
                try {
                    events.add(new PublishedEvent<>(codec.decode(event), event.version(), event.position()));
                } catch (UnreadableEventException e) {
                    if (events.isEmpty()) { // whatever its position: not every one before it need have an event
                        throw new PoisonedEventException(event.position(), event.type(), e);
                    }
                    return new Read(new Batch(after, events, history), false);
                }
            }
            boolean more = page.events().size() == limit && events.size() < size && characters < MAX_CHARACTERS;
            if (!more) {
                return new Read(new Batch(after, events, history), events.size() == size);
            }
            limit = Math.min(size - events.size(), PAGE);
            page = store.readAll(page.events().getLast().position(), limit);
            if (!page.history().equals(history)) {
                return new Read(new Batch(after, events, history), false); // what came first is of the past
            }
        }
    }

    /** Waits until nothing is being read any more. */
    @Override
    public void close() {
        if (ahead != null) {
            ahead.read().handle((read, failure) -> read).join();
        }
    }
}

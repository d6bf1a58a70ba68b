package dev.diptych.core.projection;

import dev.diptych.core.projection.LogReader.Read;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events after a checkpoint that is far behind. After a full batch it prefetches the next one on another
 * thread, while the caller applies the first. A prefetched batch cannot be stale, because events are immutable; if the
 * history changes, no read model applies the batch. Only an empty result is read again. A prefetched batch that does
 * not begin at the checkpoint is discarded; its read is not cancelled. Not thread-safe.
 */
final class BatchReader implements AutoCloseable {

    private final LogReader log;
    private final Thread.Builder threads;
    private @Nullable Prefetch prefetch;

    /**
     * Creates a reader without a prefetched batch.
     *
     * @param name the name of the prefetching thread
     */
    BatchReader(LogReader log, String name) {
        this.log = log;
        this.threads = Thread.ofPlatform().name(name).daemon();
    }

    private record Prefetch(long after, CompletableFuture<Read> read) {}

    /**
     * Returns the next events, and offers them to the shared reader as its window.
     *
     * @param size the maximum number of events; a prefetched batch has the limit of the previous call
     */
    Batch after(long checkpoint, int size) {
        Prefetch started = prefetch;
        prefetch = null;
        Read read =
                started != null && started.after() == checkpoint ? await(started.read()) : log.read(checkpoint, size);
        if (started != null && read.batch().events().isEmpty()) {
            read = log.read(checkpoint, size); // events may have been appended since, and their wake-up was consumed
        }
        if (read.full()) {
            long next = read.batch().through();
            prefetch = new Prefetch(next, CompletableFuture.supplyAsync(() -> log.read(next, size), threads::start));
        }
        log.offer(read);
        return read.batch();
    }

    /** Discards a prefetched batch that is no longer needed. */
    void discard() {
        prefetch = null;
    }

    private static Read await(CompletableFuture<Read> read) {
        try {
            return read.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
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

package dev.diptych.api;

import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has old command ids forgotten: every few minutes, in batches, on a thread of its own, {@code command-pruner}, from
 * {@link #start} to {@link #close}. Several nodes may do so on one store. Safe for use by many threads.
 */
final class Forgetting implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Forgetting.class.getName());
    private static final int BATCH = 1_000;

    private final EventStore events;
    private final Duration memory;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Nothing is forgotten yet.
     *
     * @param memory for how long command ids are kept, at least {@link EventStore#SHORTEST_MEMORY}
     * @param every how long to rest after all that were old enough are forgotten
     */
    Forgetting(EventStore events, Duration memory, Duration every) {
        this.events = events;
        this.memory = memory;
        this.every = every;
        this.thread = Thread.ofPlatform().name("command-pruner").daemon().unstarted(this::run);
    }

    /** Begins at once. */
    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                forget();
            } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            while (closed.getCount() > 0 && events.pruneCommands(memory, BATCH) == BATCH) {
                // the next batch
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Old command ids are kept until the next try: " + e.getMessage());
        }
    }

    /** Ends the thread after the batch that is being forgotten, and waits for that up to 5 seconds. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}

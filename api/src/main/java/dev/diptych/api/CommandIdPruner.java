package dev.diptych.api;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;

/**
 * Prunes expired command ids in batches, on the thread {@code command-pruner}, from {@link #start} to {@link #close}.
 * Several nodes may prune one store. Thread-safe.
 */
final class CommandIdPruner implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CommandIdPruner.class.getName());
    private static final int BATCH = 1_000;

    private final EventStore events;
    private final Duration kept;
    private final Duration every;
    private final BackgroundThread thread = new BackgroundThread("command-pruner", woken -> prune());

    /**
     * Creates a pruner and does not start it.
     *
     * @param kept the retention time of command ids; at least {@link EventStore#MIN_COMMAND_ID_RETENTION}
     * @param every the pause after all expired ids have been pruned, and after a failure
     */
    CommandIdPruner(EventStore events, Duration kept, Duration every) {
        this.events = events;
        this.kept = kept;
        this.every = every;
    }

    /** Starts the thread, which begins to prune immediately. */
    void start() {
        thread.start();
    }

    private Duration prune() {
        try {
            while (!thread.isClosed() && events.pruneCommands(kept, BATCH) == BATCH) {
                // the next batch
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Expired command ids could not be pruned; trying again later: " + e.getMessage());
        }
        return every;
    }

    /** Ends the thread after the current batch. */
    @Override
    public void close() {
        thread.close();
    }
}

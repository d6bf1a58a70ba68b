package dev.diptych.core.query;

import static dev.diptych.core.background.BackgroundThread.UNTIL_WOKEN;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.background.Backoff;
import dev.diptych.core.query.Checkpoints.HistoryStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;

/**
 * Lets callers wait until a projection's checkpoint has reached a position, or has changed. One thread,
 * {@code checkpoint-watch}, reads all checkpoints on behalf of all waiters. It reads immediately when a caller begins
 * to wait or a checkpoint changes in this process. Because other processes change checkpoints too, it also polls, with
 * a pause that doubles from 5 to 100 ms. Without waiters it reads nothing.
 *
 * <p>A waiter blocks its own thread, which may be virtual, and holds nothing else. Waiters are not notified before
 * {@link #start} or after {@link #close}. Thread-safe.
 */
public final class CheckpointWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CheckpointWatch.class.getName());

    private final Checkpoints checkpoints;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Backoff pauses = new Backoff(Duration.ofMillis(5), Duration.ofMillis(100));
    private final BackgroundThread thread = new BackgroundThread("checkpoint-watch", this::step);

    /** Creates a watch and does not start it. */
    public CheckpointWatch(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalThreadStateException when it was started before
     */
    public void start() {
        thread.start();
    }

    /** Returns the status of a history in the database that answers queries. */
    public HistoryStatus statusOf(String history) {
        return checkpoints.statusOf(history);
    }

    /** Whether this watch is closed, so that every wait returns immediately. */
    public boolean isClosed() {
        return thread.isClosed();
    }

    /** Returns the number of callers in {@link #await}. */
    public int waiting() {
        return (int) waiters.stream().filter(waiter -> !waiter.awaitsMove()).count();
    }

    /** Called when a checkpoint has changed in this process. */
    public void moved() {
        if (!waiters.isEmpty()) {
            thread.wake();
        }
    }

    /**
     * Waits until a projection has reached a position, the timeout expires, or this watch is closed.
     *
     * @param atMost the timeout; zero or negative does not wait
     * @return true when the projection has reached the position
     */
    public boolean await(String projection, long position, Duration atMost) {
        return await(new Waiter(projection, now -> now >= position, false, new CompletableFuture<>()), atMost);
    }

    /**
     * Waits until a projection's checkpoint differs from a position, the timeout expires, or this watch is closed. A
     * checkpoint can also decrease, when its read model is rebuilt. This wait does not count as {@link #waiting}.
     *
     * @param position the last known checkpoint
     * @param atMost the timeout; zero or negative does not wait
     * @return true when the checkpoint has changed
     */
    public boolean awaitMove(String projection, long position, Duration atMost) {
        return await(new Waiter(projection, now -> now != position, true, new CompletableFuture<>()), atMost);
    }

    private boolean await(Waiter waiter, Duration atMost) {
        waiters.add(waiter);
        try {
            thread.wake();
            if (!isClosed()) { // checked after adding: close() completes the waiters that were added before it
                return waiter.met().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            // the condition was not met in time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiters.remove(waiter);
        }
        return false;
    }

    private record Waiter(
            String projection, LongPredicate condition, boolean awaitsMove, CompletableFuture<Boolean> met) {}

    private Duration step(boolean woken) {
        if (waiters.isEmpty()) {
            return UNTIL_WOKEN;
        }
        if (woken) {
            pauses.reset();
        }
        try {
            notifyWaiters(checkpoints.progress());
        } catch (RuntimeException e) { // the next poll may succeed; until then, waiters time out
            LOG.log(System.Logger.Level.DEBUG, "Cannot read the checkpoints", e);
        }
        return pauses.next();
    }

    private void notifyWaiters(Map<String, ProjectionProgress> progress) {
        for (Waiter waiter : waiters) {
            ProjectionProgress now = progress.get(waiter.projection());
            if (now != null && waiter.condition().test(now.checkpoint())) {
                waiter.met().complete(true);
            }
        }
    }

    /** Ends all waits and the thread. */
    @Override
    public void close() {
        thread.stop();
        waiters.forEach(waiter -> waiter.met().complete(false));
        thread.close();
    }
}

package dev.diptych.core.projection;

import dev.diptych.core.projection.Checkpoints.HistoryStatus;
import dev.diptych.core.projection.Checkpoints.Progress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Lets readers wait until a projection has reached a position, or has moved at all. However many wait, one thread looks for
 * all of them, with one look at all checkpoints: at once when somebody begins to wait and when a checkpoint has moved in
 * this process, and else after pauses that grow from 5 to 100 ms, since other processes move checkpoints too. While nobody
 * waits, nobody looks.
 *
 * <p>Who waits holds nothing but its own thread, which may be a virtual one. The one thread, {@code checkpoint-watch}, lives
 * from {@link #start} to {@link #close}. All methods are safe for use by many threads.
 */
public final class CheckpointWatch implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static final System.Logger LOG = System.getLogger(CheckpointWatch.class.getName());

    private final Checkpoints checkpoints;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** A watch that has not been started: until then, whoever waits waits in vain. */
    public CheckpointWatch(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        this.thread = Thread.ofPlatform().name("checkpoint-watch").daemon().unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalThreadStateException when it has been started before
     */
    public void start() {
        thread.start();
    }

    /** How far the projections are now. */
    public Progress look() {
        return checkpoints.look();
    }

    /** What a history is where the projections are read. */
    public HistoryStatus statusOf(String history) {
        return checkpoints.statusOf(history);
    }

    /** Whether it is closed, so that waiting is over. */
    public boolean isClosed() {
        return closed;
    }

    /** How many wait for a position at this moment. */
    public int waiting() {
        return (int) waiters.stream().filter(waiter -> !waiter.follows()).count();
    }

    /** A checkpoint has moved: whoever waits for it need not wait for the next look. */
    public void moved() {
        if (!waiters.isEmpty()) {
            nudges.release();
        }
    }

    /**
     * Waits until a projection has reached a position, or the time is over, or this is closed.
     *
     * @param atMost how long to wait; nothing or less does not wait
     * @return how far the projections are then
     */
    public Progress await(String projection, long position, Duration atMost) {
        return await(new Waiter(now -> now.of(projection) >= position, false, new CompletableFuture<>()), atMost);
    }

    /**
     * Waits until the checkpoint of a projection is not where it was, or the time is over, or this is closed. A checkpoint
     * also falls, when its read model is built again. Who follows a projection like this is not among {@link #waiting}.
     *
     * @param position where the checkpoint was
     * @param atMost how long to wait; nothing or less does not wait
     * @return how far the projections are then
     */
    public Progress awaitMove(String projection, long position, Duration atMost) {
        return await(new Waiter(now -> now.of(projection) != position, true, new CompletableFuture<>()), atMost);
    }

    private Progress await(Waiter waiter, Duration atMost) {
        waiters.add(waiter);
        try {
            nudges.release();
            if (!closed) { // asked after adding: whoever closes completes those that were added before
                return waiter.reached().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            // the last look is the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiters.remove(waiter);
        }
        return look();
    }

    private record Waiter(Predicate<Progress> comes, boolean follows, CompletableFuture<Progress> reached) {}

    private void run() {
        try {
            long pause = FIRST_PAUSE_MILLIS;
            while (!closed) {
                if (waiters.isEmpty()) {
                    nudges.acquire();
                    pause = FIRST_PAUSE_MILLIS;
                } else if (nudges.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                    pause = FIRST_PAUSE_MILLIS;
                } else {
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
                nudges.drainPermits(); // before the look: a move during the look is looked for again
                wakeThoseWhoseTimeHasCome();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeThoseWhoseTimeHasCome() {
        if (waiters.isEmpty()) {
            return;
        }
        try {
            Progress now = look();
            for (Waiter waiter : waiters) {
                if (waiter.comes().test(now)) {
                    waiter.reached().complete(now);
                }
            }
        } catch (RuntimeException e) { // the next look may see more; who waits in vain finds out for itself
            LOG.log(System.Logger.Level.DEBUG, "Cannot see the checkpoints", e);
        }
    }

    /** Lets everybody go who waits, and ends the thread, for which it waits up to 5 seconds. */
    @Override
    public void close() {
        closed = true;
        nudges.release();
        for (Waiter waiter : waiters) {
            waiter.reached().completeExceptionally(new TimeoutException());
        }
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

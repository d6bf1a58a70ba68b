package dev.diptych.api.lab;

import static dev.diptych.core.background.BackgroundThread.UNTIL_WOKEN;

import dev.diptych.core.background.BackgroundThread;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An append that is held open, to make the horizon visible: later appends are stored, and no reader gets them before it
 * ends. There is at most one at a time. The thread {@code lab-held-append} ends it in time, from the first
 * {@link #hold} to {@link #close}. Thread-safe.
 */
public final class HeldAppend implements AutoCloseable {

    /** The maximum time. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private final Function<Duration, Runnable> open;
    private final BackgroundThread thread = new BackgroundThread("lab-held-append", woken -> step());
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable Runnable rollBack;
    private long endsAt;

    private volatile boolean held;

    /**
     * Creates an instance that holds nothing.
     *
     * @param open opens an append for at most the given time; running the result rolls it back
     */
    public HeldAppend(Function<Duration, Runnable> open) {
        this.open = open;
    }

    /**
     * Opens an append, instead of one that is held.
     *
     * @param atMost the time after which it ends by itself
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store is unavailable
     */
    public void hold(Duration atMost) {
        lock.lock();
        try {
            release();
            rollBack = open.apply(atMost);
            endsAt = System.nanoTime() + atMost.toNanos();
            held = true;
        } finally {
            lock.unlock();
        }
        thread.ensureStarted();
        thread.wake();
    }

    /** Rolls the append back, if one is held; its position is not used. */
    public void release() {
        lock.lock();
        try {
            Runnable end = rollBack;
            rollBack = null;
            held = false;
            if (end != null) {
                end.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether an append is held. */
    public boolean isHeld() {
        return held;
    }

    private Duration step() {
        lock.lock();
        try {
            if (rollBack == null) {
                return UNTIL_WOKEN;
            }
            long left = endsAt - System.nanoTime();
            if (left > 0) {
                return Duration.ofNanos(left);
            }
            release();
            return UNTIL_WOKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread, and rolls the append back. */
    @Override
    public void close() {
        thread.close();
        release();
    }
}

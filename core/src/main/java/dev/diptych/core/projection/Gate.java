package dev.diptych.core.projection;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a runner waits: for events, for the end of a pause, for the next try, or for the end. A wake-up that comes while
 * the runner is busy is kept, so none is lost. Safe for use by many threads.
 */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean resumed;
    private boolean paused;
    private boolean shut;

    /** There may be something to do. */
    void wake() {
        change(() -> woken = true);
    }

    void pause(boolean pause) {
        change(() -> {
            paused = pause;
            resumed = !pause;
        });
    }

    boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /** It is over. */
    void shut() {
        change(() -> shut = true);
    }

    /** Waits while paused; then says whether there is a next round, for which wake-ups are counted anew. */
    boolean mayGoOn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused && !shut) {
                changed.await();
            }
            woken = false;
            resumed = false;
            return !shut;
        } finally {
            lock.unlock();
        }
    }

    void awaitWake(Duration atMost) throws InterruptedException {
        await(atMost, true);
    }

    void awaitResume(Duration atMost) throws InterruptedException {
        await(atMost, false);
    }

    private void await(Duration atMost, boolean untilWoken) throws InterruptedException {
        long remaining = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (remaining > 0 && !shut && !paused && !resumed && !(untilWoken && woken)) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

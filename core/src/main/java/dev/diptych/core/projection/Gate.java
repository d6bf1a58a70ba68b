package dev.diptych.core.projection;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a runner waits: for events, to be sent on, for the next try, or for the end. What comes while the runner is busy is
 * kept, so nothing is lost. Safe for use by many threads.
 */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean sentOn;
    private boolean shut;

    /** There may be something to do. */
    void wake() {
        change(() -> woken = true);
    }

    /** Whatever it waits for, it is to look again: something was decided. */
    void sendOn() {
        change(() -> sentOn = true);
    }

    /** It is over. */
    void shut() {
        change(() -> shut = true);
    }

    /** Says whether there is a next round, for which wake-ups are counted anew. */
    boolean mayGoOn() {
        lock.lock();
        try {
            woken = false;
            sentOn = false;
            return !shut;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for events, or to be sent on. */
    void awaitWake(Duration atMost) throws InterruptedException {
        await(atMost, true);
    }

    /** Waits to be sent on; events are of no interest. */
    void awaitDecision(Duration atMost) throws InterruptedException {
        await(atMost, false);
    }

    private void await(Duration atMost, boolean untilWoken) throws InterruptedException {
        long remaining = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (remaining > 0 && !shut && !sentOn && !(untilWoken && woken)) {
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

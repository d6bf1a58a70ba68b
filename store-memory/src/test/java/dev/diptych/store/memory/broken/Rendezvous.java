package dev.diptych.store.memory.broken;

import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a thread in the middle of something wrong waits a moment for another one. What needs two threads at one time to
 * go wrong would otherwise go well on most days.
 */
final class Rendezvous {

    private final Exchanger<Boolean> equals = new Exchanger<>();
    private final Semaphore passers = new Semaphore(0);

    /** Waits until another thread is at the same place. */
    void meet() {
        try {
            equals.exchange(true, 10, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // there is no other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody has read. */
    void pass() {
        passers.release();
    }

    /** Waits until somebody has begun and ended a read: the first to pass may have begun before. */
    void letPass() {
        passers.drainPermits();
        try {
            if (!passers.tryAcquire(3, 10, TimeUnit.MILLISECONDS)) {
                return; // nobody is reading
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

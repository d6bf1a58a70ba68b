package dev.diptych.api.lab;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A read model that can be slowed down, to make a projection's progress visible. If a pause is set, it pauses before
 * each batch and applies only the first event; the other events follow in later batches. Without a pause, it applies
 * batches unchanged. Thread-safe.
 */
public final class SlowedReadModel implements ReadModelStore {

    /** The maximum pause before each event. */
    public static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final ReadModelStore model;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration pause = Duration.ZERO;

    /** Wraps a read model, without a pause. */
    public SlowedReadModel(ReadModelStore model) {
        this.model = model;
    }

    /**
     * Sets the pause before each event. It also applies to a pause in progress.
     *
     * @param next the pause; zero for none
     * @throws IllegalArgumentException when the pause is negative or longer than {@link #MAX_PAUSE}
     */
    public void slow(Duration next) {
        if (next.isNegative() || next.compareTo(MAX_PAUSE) > 0) {
            throw new IllegalArgumentException("A pause is from 0 to " + MAX_PAUSE + ", not " + next);
        }
        lock.lock();
        try {
            pause = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the pause before each event. */
    public Duration pause() {
        lock.lock();
        try {
            return pause;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String projection() {
        return model.projection();
    }

    @Override
    public long checkpoint() {
        return model.checkpoint();
    }

    @Override
    public boolean apply(Batch batch) {
        if (!batch.events().isEmpty()) {
            pauseBefore();
        }
        return model.apply(batch);
    }

    /** While slowed, one event, so that each has its pause. */
    @Override
    public int maxBatch() {
        return pause().isZero() ? model.maxBatch() : 1;
    }

    @Override
    public boolean apply(Batch batch, int generation) {
        if (!batch.events().isEmpty()) {
            pauseBefore();
        }
        return model.apply(batch, generation);
    }

    @Override
    public Generations generations() {
        return model.generations();
    }

    private void pauseBefore() {
        long begin = System.nanoTime();
        lock.lock();
        try {
            long remaining = pause.toNanos();
            while (remaining > 0) {
                changed.awaitNanos(remaining);
                remaining = pause.toNanos() - (System.nanoTime() - begin);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}

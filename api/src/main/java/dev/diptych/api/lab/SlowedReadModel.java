package dev.diptych.api.lab;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A read model that can be slowed down, so that people can see a projection at work: it then takes one event of a batch
 * after a pause, and leaves the others to the next batch. At full speed it is the read model itself. Safe for use by many
 * threads.
 */
public final class SlowedReadModel implements ReadModelStore {

    /** The longest pause before each event. */
    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ReadModelStore model;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration pause = Duration.ZERO;

    /** A read model at full speed. */
    public SlowedReadModel(ReadModelStore model) {
        this.model = model;
    }

    /**
     * From now on pauses before each event; a pause that has begun is made longer or shorter, too.
     *
     * @throws IllegalArgumentException when the pause is negative or longer than {@link #LONGEST_PAUSE}
     */
    public void slow(Duration next) {
        if (next.isNegative() || next.compareTo(LONGEST_PAUSE) > 0) {
            throw new IllegalArgumentException("A pause is from 0 to " + LONGEST_PAUSE + ", not " + next);
        }
        lock.lock();
        try {
            pause = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long it pauses before each event. */
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
        boolean slowed = !batch.events().isEmpty() && rested();
        return model.apply(slowed ? firstOf(batch) : batch);
    }

    @Override
    public void reset() {
        model.reset();
    }

    /** What the batch would be if its second event were not there yet. */
    private static Batch firstOf(Batch batch) {
        return batch.events().size() < 2
                ? batch
                : batch.before(batch.events().get(1).position());
    }

    /** Pauses, if it has to; says whether it still has to at the end. */
    private boolean rested() {
        long begin = System.nanoTime();
        lock.lock();
        try {
            long remaining = pause.toNanos();
            while (remaining > 0) {
                changed.awaitNanos(remaining);
                remaining = pause.toNanos() - (System.nanoTime() - begin);
            }
            return !pause.isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}

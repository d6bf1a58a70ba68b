package dev.diptych.api.lab;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A read model that can be slowed down, to make a projection's progress visible, and whose next batch can be lost, to
 * show that rows and checkpoint stay together. If a pause is set, it pauses before each batch and applies only the
 * first event; the other events follow in later batches. Otherwise, it applies batches unchanged. Thread-safe.
 */
public final class LabReadModel implements ReadModelStore {

    /** The maximum pause before each event. */
    public static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final ReadModelStore model;
    private final Consumer<Crash> listener;
    private final AtomicBoolean crashes = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration pause = Duration.ZERO;

    /**
     * A batch that was lost after its rows were written and before they were committed, as JSON.
     *
     * @param checkpoint the checkpoint before the batch, which has stayed
     * @param lost the number of events in the batch
     */
    public record Crash(String projection, long checkpoint, int lost) {}

    /** Ends a transaction as the end of the process would. */
    private static final class CrashException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CrashException(Crash crash) {
            super("The lab has ended a batch before its commit, so the checkpoint has stayed at " + crash.checkpoint()
                    + ", and the number of events to apply again is " + crash.lost());
        }
    }

    /**
     * Wraps a read model, without a pause.
     *
     * @param listener called when a batch was lost; must return immediately and must not throw
     */
    public LabReadModel(ReadModelStore model, Consumer<Crash> listener) {
        this.model = model;
        this.listener = listener;
    }

    /**
     * Decides whether the next batch is lost: its rows are written, and its transaction is rolled back. The projection
     * then fails, and applies the batch again.
     */
    public void crash(boolean next) {
        crashes.set(next);
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
        if (batch.events().isEmpty()) {
            return model.apply(batch);
        }
        pauseBefore();
        return crashes.get() ? applyAndCrash(batch) : model.apply(batch);
    }

    private boolean applyAndCrash(Batch batch) {
        var crash = new Crash(projection(), batch.after(), batch.events().size());
        try {
            return model.apply(batch.beforeCommit(() -> {
                if (crashes.getAndSet(false)) {
                    throw new CrashException(crash);
                }
            }));
        } catch (CrashException e) {
            listener.accept(crash);
            throw e;
        }
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

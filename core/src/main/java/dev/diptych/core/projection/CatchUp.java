package dev.diptych.core.projection;

import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Applies the events after one read model's checkpoint, batch by batch: from the window of the node's
 * {@link LogReader}, or, when the checkpoint is not in it, from reads of its own. A store failure sets the batch limit
 * to half the size of the failed batch; each success raises the limit by an eighth. Not thread-safe.
 */
final class CatchUp implements AutoCloseable {

    private final LogReader log;
    private final BatchReader reader;
    private final ReadModelStore readModel;
    private final ProjectionRunner.Pace pace;
    private int limit;
    private boolean failed;

    /** Set by the last batch, and proved by the compare-and-set of the next; empty when it must be read. */
    private OptionalLong checkpoint = OptionalLong.empty();

    private long checkpointProvedAt;

    /** The last checkpoint whose event is known to exist. */
    private KnownEvent known = new KnownEvent("", 0);

    private record KnownEvent(String history, long position) {}

    CatchUp(LogReader log, ReadModelStore readModel, ProjectionRunner.Pace pace, String threadName) {
        this.log = log;
        this.reader = new BatchReader(log, threadName);
        this.readModel = readModel;
        this.pace = pace;
        this.limit = pace.batchSize();
    }

    /** Reads the checkpoint before the next batch, because it has been moved elsewhere. */
    void forgetCheckpoint() {
        checkpoint = OptionalLong.empty();
    }

    /** Applies one batch, see {@link #applyNext(long)}. */
    boolean applyNext() {
        return applyNext(Long.MAX_VALUE);
    }

    /**
     * Applies one batch.
     *
     * @param through the position after which no event is applied
     * @return whether to continue immediately: a batch was applied, or what this object remembered was out of date
     * @throws PoisonedEventException when the first event after the checkpoint cannot be applied
     */
    boolean applyNext(long through) {
        OptionalLong remembered = remembered();
        boolean afterFailure = failed;
        checkpoint = OptionalLong.empty();
        failed = true;
        long after = remembered.isPresent() ? remembered.getAsLong() : readCheckpoint();
        Optional<Batch> shared = afterFailure ? Optional.empty() : log.after(after, batchSize(), pace.poll());
        shared.ifPresent(batch -> reader.discard());
        // After a failure, the events are read again: what failed may be the reading of them.
        Batch next = shared.orElseGet(() -> reader.after(after, batchSize()));
        Batch batch = next.through() <= through ? next : next.before(through + 1);
        requireEventAt(new KnownEvent(batch.history(), after));
        boolean applied = applyOrShrink(batch);
        failed = false;
        return !batch.events().isEmpty() && (applied || remembered.isPresent() || shared.isPresent());
    }

    /** Another node may make a copy serve, which this node notices after the poll interval at the latest. */
    private OptionalLong remembered() {
        boolean old = System.nanoTime() - checkpointProvedAt >= pace.poll().toNanos();
        return old ? OptionalLong.empty() : checkpoint;
    }

    private long readCheckpoint() {
        checkpointProvedAt = System.nanoTime();
        return readModel.checkpoint();
    }

    private int batchSize() {
        return Math.min(limit, readModel.maxBatch());
    }

    private boolean applyOrShrink(Batch batch) {
        if (batch.events().isEmpty()) {
            checkpoint = OptionalLong.of(batch.through());
            return false;
        }
        try {
            boolean applied = apply(batch);
            limit = Math.min(pace.batchSize(), limit + limit / 8 + 1);
            return applied;
        } catch (StoreUnavailableException e) { // the batch may have exceeded the statement timeout
            limit = Math.max(1, batch.events().size() / 2);
            throw e;
        }
    }

    /** If an event cannot be applied, applies those before it. */
    private boolean apply(Batch batch) {
        boolean applied;
        try {
            applied = readModel.apply(batch);
        } catch (PoisonedEventException e) {
            Batch healthy = batch.before(e.position());
            if (healthy.events().isEmpty()) {
                throw e;
            }
            return apply(healthy);
        }
        if (applied) {
            known = new KnownEvent(batch.history(), batch.through());
            checkpoint = OptionalLong.of(batch.through());
            checkpointProvedAt = System.nanoTime();
        } else {
            log.discard();
        }
        return applied;
    }

    /**
     * Checks that the event at the checkpoint exists, unless this object has applied it. If the event is missing, the
     * rows reflect events that were lost, and new events at their positions would be skipped.
     */
    private void requireEventAt(KnownEvent expected) {
        long position = expected.position();
        if (expected.equals(known) || position == 0) {
            return;
        }
        List<RecordedEvent> found = log.store().readAll(position - 1, 1).events();
        if (found.isEmpty() && position <= log.store().head()) {
            return; // an append in flight hides the event for now
        }
        if (!found.isEmpty() && found.getFirst().position() == position) {
            known = expected;
        } else if (readModel.checkpoint() == position) { // otherwise the checkpoint was read before a fail-over
            throw new IllegalStateException("The read model reflects events up to position " + position
                    + ", but no event has that position: events were lost. Rebuild the read model; if the rebuild fails"
                    + " with this message, cancel it and start it again.");
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}

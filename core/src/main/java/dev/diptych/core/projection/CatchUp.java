package dev.diptych.core.projection;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.util.List;

/**
 * Applies the events after one read model's checkpoint, batch by batch. A store failure sets the batch limit to half
 * the size of the failed batch; each success raises the limit by an eighth. Not thread-safe.
 */
final class CatchUp implements AutoCloseable {

    private final EventStore store;
    private final BatchReader reader;
    private final ReadModelStore readModel;
    private final int largestBatch;
    private int limit;

    /** The last checkpoint whose event is known to exist. */
    private KnownEvent known = new KnownEvent("", 0);

    private record KnownEvent(String history, long position) {}

    CatchUp(EventStore store, EventCodec codec, ReadModelStore readModel, int largestBatch, String threadName) {
        this.store = store;
        this.reader = new BatchReader(store, codec, threadName);
        this.readModel = readModel;
        this.largestBatch = largestBatch;
        this.limit = largestBatch;
    }

    /**
     * Applies one batch.
     *
     * @return whether a batch was applied; if so, more events may follow
     * @throws PoisonedEventException when the first event after the checkpoint cannot be applied
     */
    boolean applyNext() {
        long checkpoint = readModel.checkpoint();
        Batch batch = reader.after(checkpoint, limit);
        requireEventAt(new KnownEvent(batch.history(), checkpoint));
        if (batch.events().isEmpty()) {
            return false;
        }
        try {
            boolean applied = apply(batch);
            limit = Math.min(largestBatch, limit + limit / 8 + 1);
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
        }
        return applied;
    }

    /**
     * Checks that the event at the checkpoint exists, unless this object has applied it. If the event is missing, the
     * rows reflect events that were lost, and new events at their positions would be skipped.
     */
    private void requireEventAt(KnownEvent expected) {
        long checkpoint = expected.position();
        if (expected.equals(known) || checkpoint == 0) {
            return;
        }
        List<RecordedEvent> found = store.readAll(checkpoint - 1, 1).events();
        if (found.isEmpty() && checkpoint <= store.head()) {
            return; // an append in flight hides the event for now
        }
        if (!found.isEmpty() && found.getFirst().position() == checkpoint) {
            known = expected;
        } else if (readModel.checkpoint() == checkpoint) { // otherwise the checkpoint was read before a fail-over
            throw new IllegalStateException("The read model reflects events up to position " + checkpoint
                    + ", but no event has that position: events were lost. Rebuild the read model.");
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}

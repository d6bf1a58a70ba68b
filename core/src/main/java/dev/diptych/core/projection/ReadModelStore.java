package dev.diptych.core.projection;

/**
 * A port that each store implements: the rows and the checkpoint of one projection.
 *
 * <p>Obligations of every implementation, each checked by the contract tests: all methods are thread-safe; rows and
 * checkpoint change atomically; readers are not blocked while a batch is folded.
 */
public interface ReadModelStore {

    /** The projection's name. */
    String projection();

    /** The position up to which every event has been applied to the rows that serve; 0 before the first. */
    long checkpoint();

    /**
     * Applies a batch to the rows that serve, if their checkpoint is {@link Batch#after}, they are of this program's
     * {@link Projection#version}, and the current history is that of the batch. When two runners apply the same batch
     * concurrently, one gets {@code true} and the other {@code false}. Calls {@link Batch#beforeCommit} last.
     *
     * @return whether the whole batch was applied; if not, nothing has changed
     * @throws PoisonedEventException when the projection fails on an event; nothing has changed
     */
    boolean apply(Batch batch);

    /** Applies a batch to the copy of a rebuild under the same conditions, if the copy has this generation. */
    boolean apply(Batch batch, int generation);

    /** The maximum number of events in a batch; at least 1. */
    default int maxBatch() {
        return Integer.MAX_VALUE;
    }

    /** The generations of the rows. */
    Generations generations();
}

package dev.diptych.core.projection;

/**
 * Keeps the rows of one projection together with its checkpoint: the port that each store implements.
 *
 * <p>Obligations of every implementation, each checked by the contract tests: all methods are safe for use by many
 * threads; rows and checkpoint change together or not at all; reading the rows does not wait for a batch that is
 * being folded.
 */
public interface ReadModelStore {

    /** The projection's name. */
    String projection();

    /** The position up to which every event has been applied, 0 at the beginning. */
    long checkpoint();

    /**
     * Applies a batch, if the checkpoint is where the batch begins, in the history in which the batch was read. Of two
     * runners that try the same batch at once, one gets {@code true} and the other {@code false}.
     *
     * @return whether the batch was applied; if not, nothing has changed
     * @throws PoisonedEventException when the projection fails on an event; nothing has changed
     */
    boolean apply(Batch batch);

    /** Removes all rows and puts the checkpoint back to 0, so that the read model is built again from the beginning. */
    void reset();
}

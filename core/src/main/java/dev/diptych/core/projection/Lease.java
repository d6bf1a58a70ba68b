package dev.diptych.core.projection;

/**
 * Says which of several nodes runs a projection, and whether any does: a pause holds on all nodes. It saves work, and is not
 * what keeps a projection right: a node that slept and believes in a lease that has passed on is stopped by the checkpoint,
 * which it no longer finds where it left it.
 *
 * <p>Used by one runner, which makes one call at a time, from whichever thread. Every method throws
 * {@link dev.diptych.core.eventstore.StoreUnavailableException} when the store cannot be asked.
 */
public interface Lease {

    /** Whose turn it is to run a projection. */
    enum Turn {
        /** This node's. */
        MINE,
        /** Another node's; this one is to ask again now and then. */
        ELSEWHERE,
        /** Nobody's, until somebody resumes it. */
        PAUSED
    }

    /**
     * Takes the lease if nobody has it, or keeps it. Called before each batch, and now and then while there is nothing to
     * do; must be cheap when it was called a moment ago.
     */
    Turn hold();

    /** Lets go, so that another node need not wait for the end of the lease. Does nothing when it is not held. */
    void release();

    /** From now on it is nobody's turn: {@link #hold} says so here at once, and on other nodes within about a second. */
    void pause();

    /** Ends the pause, whichever node began it. */
    void resume();
}

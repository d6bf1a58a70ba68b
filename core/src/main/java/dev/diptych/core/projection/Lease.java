package dev.diptych.core.projection;

/**
 * Says which of several nodes runs a projection. It saves work, and is not what keeps a projection right: a node that
 * slept and believes in a lease that has passed on is stopped by the checkpoint, which it no longer finds where it left
 * it.
 *
 * <p>Used by one runner, from its thread.
 */
public interface Lease {

    /** For a single node: it always runs everything. */
    Lease ALWAYS = new Lease() {
        @Override
        public boolean hold() {
            return true;
        }

        @Override
        public void release() {}
    };

    /**
     * Takes the lease if nobody has it, or keeps it. Called before each batch, and now and then while there is nothing to
     * do; must be cheap when it was called a moment ago.
     *
     * @return whether this node is to run the projection now
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when that cannot be found out
     */
    boolean hold();

    /** Lets go, so that another node need not wait for the end of the lease. Does nothing when it is not held. */
    void release();
}

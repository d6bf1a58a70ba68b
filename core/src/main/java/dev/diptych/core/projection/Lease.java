package dev.diptych.core.projection;

/**
 * Decides which of several nodes runs a projection. A pause applies to all nodes. The lease only avoids duplicate work;
 * it does not ensure correctness. The compare-and-set of the checkpoint does: it fences off a node that was suspended
 * and does not know that its lease has expired.
 *
 * <p>One runner uses a lease. It calls from several threads, one call at a time. Every method throws
 * {@link dev.diptych.core.eventstore.StoreUnavailableException} when the store cannot be reached.
 */
public interface Lease {

    /** Who holds the lease. */
    enum Turn {
        /** This node. */
        MINE,
        /** Another node; poll {@link #hold} to take over. */
        ELSEWHERE,
        /** No node, until the projection is resumed. */
        PAUSED
    }

    /**
     * Acquires the lease if it is free, or renews it. The runner calls this before each batch, and at each poll while
     * idle. A call soon after another must be cheap.
     */
    Turn hold();

    /**
     * Releases the lease, so that another node need not wait until it expires. Does nothing when this node does not
     * hold it.
     */
    void release();

    /**
     * Pauses the projection: {@link #hold} returns {@code PAUSED} here immediately, on other nodes within about a
     * second.
     */
    void pause();

    /** Ends the pause, on all nodes. */
    void resume();

    /** The lease of a single node, held unless paused. A pause is not persistent. */
    final class Sole implements Lease {

        private volatile boolean paused;

        /** Creates a lease that is not paused. */
        public Sole() {}

        @Override
        public Turn hold() {
            return paused ? Turn.PAUSED : Turn.MINE;
        }

        @Override
        public void release() {}

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }
    }
}

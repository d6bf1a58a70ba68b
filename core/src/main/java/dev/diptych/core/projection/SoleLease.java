package dev.diptych.core.projection;

/** The lease of a single node, held unless paused. A pause is not persistent. Used by one runner. */
public final class SoleLease implements Lease {

    private boolean paused;

    /** Creates a lease that is not paused. */
    public SoleLease() {}

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

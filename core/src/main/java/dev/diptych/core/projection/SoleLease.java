package dev.diptych.core.projection;

/** For a single node: it runs its projection unless that is paused, which does not outlive the process. Used by one runner. */
public final class SoleLease implements Lease {

    private boolean paused;

    /** A lease that is not paused. */
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

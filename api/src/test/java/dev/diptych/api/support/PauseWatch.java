package dev.diptych.api.support;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Store;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ProjectionRunner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pauses projections and waits until they are idle. A running step may still read events that are written after the
 * pause; a projection that begins a step while it is paused has no such step left.
 */
public final class PauseWatch {

    private final Map<String, Integer> skippedRounds = new ConcurrentHashMap<>();

    /** Returns the store with observed projections. */
    public Store watch(Store store) {
        Store.Project part = store.project();
        var project = new Store.Project(
                part.events(),
                part.readModels(),
                rows -> new Watched(
                        part.leases().apply(rows), () -> skippedRounds.merge(rows.projection(), 1, Integer::sum)),
                part.progress());
        return HeldUp.with(store, project);
    }

    private record Watched(Lease lease, Runnable skips) implements Lease {
        @Override
        public Turn hold() {
            Turn turn = lease.hold();
            if (turn == Turn.PAUSED) {
                skips.run();
            }
            return turn;
        }

        @Override
        public void release() {
            lease.release();
        }

        @Override
        public void pause() {
            lease.pause();
        }

        @Override
        public void resume() {
            lease.resume();
        }
    }

    /** Pauses all projections, once they have caught up: later writes do not become visible. */
    public void pause(Diptych diptych) {
        Waiting.until(
                "every projection has caught up",
                () -> NodeState.progress(diptych).values().stream()
                        .allMatch(projection -> projection.lag().orElseThrow() == 0));
        Map<String, Integer> before = Map.copyOf(skippedRounds);
        NodeState.runners(diptych).forEach(ProjectionRunner::pause);
        Waiting.until(
                "every projection has skipped a round",
                () -> NodeState.runners(diptych).stream()
                        .map(ProjectionRunner::name)
                        .allMatch(name -> skippedRounds.getOrDefault(name, 0) > before.getOrDefault(name, 0)));
    }
}

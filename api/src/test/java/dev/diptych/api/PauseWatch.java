package dev.diptych.api;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ProjectionRunner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pauses projections and waits until they are at rest. A pause lets the round end that is running, which may still see
 * what is written after the pause; but a projection that begins a round and finds itself paused has no such round any
 * more.
 */
final class PauseWatch {

    private final Map<String, Integer> skippedRounds = new ConcurrentHashMap<>();

    /** The same store, whose projections are watched. */
    Store watch(Store store) {
        Store.Project part = store.project();
        var project = new Store.Project(
                part.events(),
                part.readModels(),
                projection -> new Watched(
                        part.leases().apply(projection), () -> skippedRounds.merge(projection, 1, Integer::sum)),
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

    /** Pauses all projections, once they have caught up: what is written from here on cannot be seen. */
    void pause(Diptych diptych) {
        Waiting.until(
                "every projection has caught up",
                () -> diptych.progress().values().stream()
                        .allMatch(projection -> projection.lag().orElseThrow() == 0));
        Map<String, Integer> before = Map.copyOf(skippedRounds);
        diptych.runners().forEach(ProjectionRunner::pause);
        Waiting.until(
                "every projection has skipped a round",
                () -> diptych.runners().stream()
                        .map(ProjectionRunner::name)
                        .allMatch(name -> skippedRounds.getOrDefault(name, 0) > before.getOrDefault(name, 0)));
    }
}

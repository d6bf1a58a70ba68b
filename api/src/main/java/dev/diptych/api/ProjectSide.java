package dev.diptych.api;

import dev.diptych.api.metrics.MeteredReadModel;
import dev.diptych.api.metrics.Metrics;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.projection.NotifyingReadModel;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import java.util.List;
import java.util.concurrent.Executors;

/** What leads from one side to the other, put together: events to projections to read models. Safe for use by many threads. */
final class ProjectSide implements AutoCloseable {

    private final Store.Project store;
    private final EventCodec codec;
    private final List<ProjectionRunner> runners;

    /**
     * Nothing runs yet.
     *
     * @param moved called whenever a read model has come further, for those who wait in this process
     */
    ProjectSide(Store.Project store, EventCodec codec, Runnable moved, Metrics metrics) {
        this.store = store;
        this.codec = codec;
        this.runners = store.readModels().stream()
                .map(readModel -> runner(new NotifyingReadModel(new MeteredReadModel(readModel, metrics), moved)))
                .toList();
    }

    private ProjectionRunner runner(ReadModelStore readModel) {
        return new ProjectionRunner(
                store.events(),
                codec,
                readModel,
                ProjectionRunner.Pace.DEFAULT,
                store.leases().apply(readModel.projection()));
    }

    List<ProjectionRunner> runners() {
        return runners;
    }

    void start() {
        runners.forEach(ProjectionRunner::start);
    }

    /** Finishes the running batches. */
    @Override
    public void close() {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) { // at once: each may have to wait for its batch
            runners.forEach(runner -> all.execute(runner::close));
        }
    }
}

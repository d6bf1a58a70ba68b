package dev.diptych.api.operations;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes for operators. Thread-safe. */
public final class OperationsRoutes {

    private final HealthRoutes health;
    private final MetricsRoutes metrics;
    private final ProjectionRoutes projections;

    /**
     * Creates the routes.
     *
     * @param runners the projections of this node
     * @param progress returns the progress of each projection by its name
     * @param probe the probe of the store, for readiness
     * @param maxReplicaLag the lag of a standby beyond which a node that reads it is not ready; empty for no limit
     * @param scrape returns all metrics in the Prometheus text format
     */
    public OperationsRoutes(
            List<ProjectionRunner> runners,
            Supplier<Map<String, ProjectionProgress>> progress,
            StoreProbe probe,
            Optional<Duration> maxReplicaLag,
            Supplier<String> scrape) {
        this.health = new HealthRoutes(probe, new Readiness(runners, maxReplicaLag));
        this.metrics = new MetricsRoutes(scrape);
        this.projections = new ProjectionRoutes(runners, progress);
    }

    /** Adds the routes; those for projections to a separate group. */
    public void add(Routes routes, Routes.Group ofProjections) {
        health.add(routes.of(Side.OPEN));
        metrics.add(routes.of(Side.OPERATIONS));
        projections.add(ofProjections);
    }
}

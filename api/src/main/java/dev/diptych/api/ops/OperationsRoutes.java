package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import dev.diptych.core.projection.ProjectionRunner;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes for those who run the API. Safe for use by many threads. */
public final class OperationsRoutes {

    private final HealthRoutes health;
    private final MetricsRoutes metrics;
    private final Optional<ProjectionRoutes> projections;

    /**
     * Routes to the projections that run here, and to what the store shows.
     *
     * @param scrape all metrics, in Prometheus' text format
     */
    public OperationsRoutes(List<ProjectionRunner> runners, Insight insight, Lookout lookout, Supplier<String> scrape) {
        this.health = new HealthRoutes(lookout, new Readiness(runners));
        this.metrics = new MetricsRoutes(scrape);
        this.projections = insight.progress().map(progress -> new ProjectionRoutes(runners, progress));
    }

    /** Adds the routes. */
    public void add(Routes routes) {
        health.add(routes);
        metrics.add(routes);
        ProjectionRoutes.add(routes.of(Side.OPERATIONS, Role.PROJECT, projections));
    }
}

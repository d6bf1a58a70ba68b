package dev.diptych.api.operations;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The routes for operators. Thread-safe. */
public final class OperationsRoutes {

    private final HealthRoutes health;
    private final MetricsRoutes metrics;
    private final ProjectionRoutes projections;
    private final AutomationRoutes automations;

    /**
     * Creates the routes.
     *
     * @param runners the projections of this node
     * @param progress returns the progress of each projection by its name
     * @param workers the automations of this node
     * @param probe the probe of the store, for readiness
     * @param maxReplicaLag the lag of a standby beyond which a node that reads it is not ready; empty for no limit
     * @param lists the projections of to-do lists
     * @param scrape returns all metrics in the Prometheus text format
     */
    public OperationsRoutes(
            List<ProjectionRunner> runners,
            Supplier<Map<String, ProjectionProgress>> progress,
            List<AutomationWorker<?>> workers,
            StoreProbe probe,
            Optional<Duration> maxReplicaLag,
            Set<String> lists,
            Supplier<String> scrape) {
        this.health = new HealthRoutes(probe, new Readiness(runners, maxReplicaLag, lists));
        this.metrics = new MetricsRoutes(scrape);
        this.projections = new ProjectionRoutes(runners, progress);
        this.automations = new AutomationRoutes(workers);
    }

    /** Returns the projections of this node, as {@code GET /projections} does. */
    public List<ProjectionResponse> projectionResponses() {
        return projections.responses();
    }

    /** Returns the automations of this node, as {@code GET /automations} does. */
    public List<AutomationResponse> automationResponses() {
        return automations.responses();
    }

    /** Adds the routes; those for projections and automations to separate groups. */
    public void add(Routes routes, Routes.Group ofProjections, Routes.Group ofAutomations) {
        health.add(routes.of(Side.OPEN));
        metrics.add(routes.of(Side.OPERATIONS));
        projections.add(ofProjections);
        automations.add(ofAutomations);
    }
}

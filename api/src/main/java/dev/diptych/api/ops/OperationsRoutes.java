package dev.diptych.api.ops;

import dev.diptych.api.http.Json;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.http.Role;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionStatus.State;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes for those who run the API. Safe for use by many threads. */
public final class OperationsRoutes {

    private final List<ProjectionRunner> runners;
    private final Optional<ProjectionRoutes> projections;

    /** Routes to the projections that run here, and to what the store shows. */
    public OperationsRoutes(List<ProjectionRunner> runners, Insight insight) {
        this.runners = List.copyOf(runners);
        this.projections = insight.standings().map(standings -> new ProjectionRoutes(runners, standings));
    }

    /** Adds the routes. */
    public void add(Routes routes) {
        var health = routes.of(Side.OPEN, this);
        health.get("/health/live", OperationsRoutes::live);
        health.get("/health/ready", OperationsRoutes::ready);
        ProjectionRoutes.add(routes.of(Side.OPERATIONS, Role.PROJECT, projections));
    }

    /** Whoever can answer this is alive. */
    private void live(Context ctx) {
        new Parameters(ctx).check();
        Json.write(ctx, 200, Map.of("status", "live"));
    }

    private void ready(Context ctx) {
        new Parameters(ctx).check();
        List<String> troubles = runners.stream()
                .filter(projection -> projection.state() == State.FAILED || projection.state() == State.STOPPED)
                .map(OperationsRoutes::trouble)
                .toList();
        if (!troubles.isEmpty()) {
            throw Problem.of(ProblemType.NOT_READY, String.join(" ", troubles)).asException();
        }
        Json.write(ctx, 200, Map.of("status", "ready"));
    }

    private static String trouble(ProjectionRunner projection) {
        return "Projection " + projection.name()
                + projection
                        .failure()
                        .map(failure -> " has failed: " + failure.error())
                        .orElse(" is not running") + ".";
    }
}

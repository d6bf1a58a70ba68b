package dev.diptych.api.ops;

import dev.diptych.api.http.HttpServer;
import dev.diptych.api.http.Json;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemType;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionStatus.State;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The routes for those who run the API. Safe for use by many threads. */
public final class OperationsRoutes {

    private final List<ProjectionRunner> runners;
    private final ProjectionRoutes projections;

    /** Routes to the projections that run here, and to what the store shows. */
    public OperationsRoutes(List<ProjectionRunner> runners, Insight insight) {
        this.runners = List.copyOf(runners);
        this.projections = new ProjectionRoutes(runners, insight.standings());
    }

    /** Adds the routes. */
    public void add(RoutesConfig routes) {
        HttpServer.read(routes, "/health/live", OperationsRoutes::live);
        HttpServer.read(routes, "/health/ready", this::ready);
        projections.add(routes);
    }

    /** Whoever can answer this is alive. */
    private static void live(Context ctx) {
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

package dev.diptych.api.ops;

import dev.diptych.api.http.HttpServer;
import dev.diptych.api.http.Json;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemType;
import dev.diptych.core.projection.ProjectionStatus;
import dev.diptych.core.projection.ProjectionStatus.State;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The routes for those who run the API. Safe for use by many threads. */
public final class OperationsRoutes {

    private final Supplier<List<ProjectionStatus>> projections;

    /** Routes that ask how the projections are doing. */
    public OperationsRoutes(Supplier<List<ProjectionStatus>> projections) {
        this.projections = projections;
    }

    /** Adds the routes. */
    public void add(RoutesConfig routes) {
        HttpServer.read(routes, "/health/ready", this::ready);
    }

    private void ready(Context ctx) {
        List<String> troubles = projections.get().stream()
                .filter(projection -> projection.state() == State.FAILED || projection.state() == State.STOPPED)
                .map(OperationsRoutes::trouble)
                .toList();
        if (!troubles.isEmpty()) {
            throw Problem.of(ProblemType.NOT_READY, String.join(" ", troubles)).asException();
        }
        Json.write(ctx, 200, Map.of("status", "ready"));
    }

    private static String trouble(ProjectionStatus projection) {
        return "Projection " + projection.name()
                + projection
                        .failure()
                        .map(failure -> " has failed: " + failure.error())
                        .orElse(" is not running") + ".";
    }
}

package dev.diptych.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.eventstore.OpenAppend;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes for liveness and readiness probes. Thread-safe. */
final class HealthRoutes {

    private final StoreProbe probe;
    private final Readiness readiness;

    HealthRoutes(StoreProbe probe, Readiness readiness) {
        this.probe = probe;
        this.readiness = readiness;
    }

    void add(Routes.Group routes) {
        routes.get("/health/live", this::live);
        routes.get("/health/ready", this::ready);
    }

    private void live(Context ctx) {
        new Parameters(ctx).check();
        Json.write(ctx, 200, Map.of("status", "live"));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Ready(
            String status, List<Check> checks, @Nullable OldestAppend oldestAppend) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record OldestAppend(int pid, @Nullable Double ageSeconds) {
        static OldestAppend of(OpenAppend append) {
            return new OldestAppend(
                    append.pid(), append.age().map(ProjectionResponse::seconds).orElse(null));
        }
    }

    private void ready(Context ctx) {
        new Parameters(ctx).check();
        StoreStatus status = probe.status();
        List<Check> checks = readiness.checks(probe.roles(), status);
        OldestAppend oldest = status.oldestAppend().map(OldestAppend::of).orElse(null);
        if (!checks.stream().allMatch(Check::ok)) {
            throw notReady(checks, oldest).asException();
        }
        Json.write(ctx, 200, new Ready("ready", checks, oldest));
    }

    private static Problem notReady(List<Check> checks, @Nullable OldestAppend oldest) {
        String why = checks.stream().map(Check::why).filter(Objects::nonNull).collect(Collectors.joining(" "));
        Problem problem = Problem.of(ProblemType.NOT_READY, why).with("checks", checks);
        return oldest == null ? problem : problem.with("oldest_append", oldest);
    }
}

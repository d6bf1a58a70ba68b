package dev.diptych.api.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.api.http.Json;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says whether the process is alive, and whether it is to be sent requests. Safe for use by many threads. */
final class HealthRoutes {

    private final Lookout lookout;
    private final Readiness readiness;

    HealthRoutes(Lookout lookout, Readiness readiness) {
        this.lookout = lookout;
        this.readiness = readiness;
    }

    void add(Routes routes) {
        var health = routes.of(Side.OPEN, this);
        health.get("/health/live", HealthRoutes::live);
        health.get("/health/ready", HealthRoutes::ready);
    }

    /** Whoever can answer this is alive. */
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
                    append.pid(), append.age().map(ProjectionView::seconds).orElse(null));
        }
    }

    private void ready(Context ctx) {
        new Parameters(ctx).check();
        Sight sight = lookout.look();
        List<Check> checks = readiness.checks(lookout.roles(), sight);
        OldestAppend oldest = sight.oldestAppend().map(OldestAppend::of).orElse(null);
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

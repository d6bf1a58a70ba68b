package dev.diptych.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.query.Checkpoints.Replica;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
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
            String status,
            List<Check> checks,
            @Nullable OldestAppend oldestAppend,
            @Nullable ReplicaResponse replica) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record OldestAppend(int pid, @Nullable Double ageSeconds) {
        static OldestAppend of(OpenAppend append) {
            return new OldestAppend(
                    append.pid(), append.age().map(ProjectionResponse::seconds).orElse(null));
        }
    }

    /** The standby that this node reads; the number of positions to the last event is known to a node that projects. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ReplicaResponse(
            @Nullable Double lagSeconds,
            long position,
            @Nullable Long lagPositions) {
        static ReplicaResponse of(Replica replica, OptionalLong head) {
            return new ReplicaResponse(
                    replica.lag().map(ProjectionResponse::seconds).orElse(null),
                    replica.head(),
                    head.isPresent() ? Math.max(0, head.getAsLong() - replica.head()) : null);
        }
    }

    private void ready(Context ctx) {
        new Parameters(ctx).check();
        StoreStatus status = probe.status();
        List<Check> checks = readiness.checks(probe.roles(), status);
        OldestAppend oldest = status.oldestAppend().map(OldestAppend::of).orElse(null);
        ReplicaResponse replica = status.replica()
                .map(standby -> ReplicaResponse.of(standby, status.head()))
                .orElse(null);
        if (!checks.stream().allMatch(Check::ok)) {
            throw notReady(checks, oldest, replica).asException();
        }
        Json.write(ctx, 200, new Ready("ready", checks, oldest, replica));
    }

    private static Problem notReady(
            List<Check> checks, @Nullable OldestAppend oldest, @Nullable ReplicaResponse replica) {
        String why = checks.stream().map(Check::why).filter(Objects::nonNull).collect(Collectors.joining(" "));
        Problem problem = Problem.of(ProblemType.NOT_READY, why).with("checks", checks);
        problem = oldest == null ? problem : problem.with("oldest_append", oldest);
        return replica == null ? problem : problem.with("replica", replica);
    }
}

package dev.diptych.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.Item;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The routes that list automations and their parked items, and retry or dismiss a parked item. Thread-safe. */
final class AutomationRoutes {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 200;

    private final List<AutomationWorker<?>> workers;

    AutomationRoutes(List<AutomationWorker<?>> workers) {
        this.workers = List.copyOf(workers);
    }

    void add(Routes.Group routes) {
        routes.get("/automations", this::all);
        routes.get("/automations/{name}/parked", this::parked);
        routes.post("/automations/{name}/parked/{key}/retry", ctx -> decide(ctx, AutomationWorker::retry));
        routes.post("/automations/{name}/parked/{key}/dismiss", ctx -> decide(ctx, AutomationWorker::dismiss));
    }

    private record ItemResponse(
            String key, String aggregate, Instant dueAt, Object what, long opened, String reason, long position) {
        static ItemResponse of(Item<?> item) {
            return new ItemResponse(
                    item.key(),
                    item.task().aggregate(),
                    item.task().dueAt(),
                    item.task().what(),
                    item.opened(),
                    item.parked().orElseThrow(),
                    item.position());
        }
    }

    /** Always contains the cursor, which is null on the last page. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record ItemPage(
            List<ItemResponse> items, @Nullable String nextCursor) {}

    private void all(Context ctx) {
        new Parameters(ctx).check();
        Json.write(ctx, 200, Map.of("items", responses()));
    }

    List<AutomationResponse> responses() {
        return workers.stream().<AutomationResponse>map(AutomationResponse::of).toList();
    }

    private void parked(Context ctx) {
        var parameters = new Parameters(ctx);
        int limit = parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
        String after = parameters.cursor(Optional::of).orElse("");
        parameters.check();
        List<ItemResponse> found = worker(ctx).list().parked(after, limit + 1).stream()
                .<ItemResponse>map(ItemResponse::of)
                .toList();
        boolean more = found.size() > limit;
        List<ItemResponse> page = more ? found.subList(0, limit) : found;
        Json.write(ctx, 200, new ItemPage(page, more ? page.getLast().key() : null));
    }

    private void decide(Context ctx, BiPredicate<AutomationWorker<?>, String> decision) {
        new Parameters(ctx).check();
        AutomationWorker<?> worker = worker(ctx);
        Body.optional(ctx).check();
        String key = ctx.pathParam("key");
        if (!decision.test(worker, key)) {
            throw notFound("No item " + key + " of the automation " + worker.name() + " is parked. GET /automations/"
                            + worker.name() + "/parked lists all that are.")
                    .asException();
        }
        Json.write(ctx, 202, AutomationResponse.of(worker));
    }

    private AutomationWorker<?> worker(Context ctx) {
        String name = ctx.pathParam("name");
        return workers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound("This node has no automation " + name + ". GET /automations lists those"
                                + " that it has, by its options.")
                        .asException());
    }

    private static Problem notFound(String why) {
        return Problem.of(ProblemType.NOT_FOUND, why);
    }
}

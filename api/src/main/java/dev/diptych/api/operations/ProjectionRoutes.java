package dev.diptych.api.operations;

import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.query.ProjectionProgress;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The routes that list, pause, resume and rebuild projections, and cancel a rebuild. Thread-safe. */
final class ProjectionRoutes {

    private final List<ProjectionRunner> runners;
    private final Supplier<Map<String, ProjectionProgress>> progress;

    ProjectionRoutes(List<ProjectionRunner> runners, Supplier<Map<String, ProjectionProgress>> progress) {
        this.runners = List.copyOf(runners);
        this.progress = progress;
    }

    void add(Routes.Group routes) {
        routes.get("/projections", this::all);
        post(routes, "pause", none -> ProjectionRunner::pause);
        post(routes, "resume", none -> ProjectionRunner::resume);
        post(routes, "rebuild", parameters -> {
            boolean compare = parameters.flag("compare");
            return runner -> runner.rebuild(compare);
        });
        post(routes, "rebuild/cancel", none -> ProjectionRunner::cancelRebuild);
    }

    private void post(Routes.Group routes, String what, Function<Parameters, Consumer<ProjectionRunner>> action) {
        routes.post("/projections/{name}/" + what, ctx -> act(ctx, action));
    }

    private void act(Context ctx, Function<Parameters, Consumer<ProjectionRunner>> with) {
        var parameters = new Parameters(ctx);
        Consumer<ProjectionRunner> action = with.apply(parameters);
        parameters.check();
        ProjectionRunner runner = runner(ctx.pathParam("name"));
        Body.optional(ctx).check();
        action.accept(runner);
        Json.write(ctx, 202, response(runner, progress.get()));
    }

    private void all(Context ctx) {
        new Parameters(ctx).check();
        Json.write(ctx, 200, Map.of("items", responses()));
    }

    List<ProjectionResponse> responses() {
        Map<String, ProjectionProgress> now = progress.get();
        return runners.stream().map(runner -> response(runner, now)).toList();
    }

    private ProjectionRunner runner(String name) {
        return runners.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no projection " + name + ". GET /projections lists all projections.")
                        .asException());
    }

    private static ProjectionResponse response(ProjectionRunner runner, Map<String, ProjectionProgress> now) {
        return ProjectionResponse.of(runner, Objects.requireNonNull(now.get(runner.name()), runner.name()));
    }
}

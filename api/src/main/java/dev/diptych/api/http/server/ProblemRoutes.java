package dev.diptych.api.http.server;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemKind;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Serves the documentation of the kinds of problem, at their types. Thread-safe. */
public final class ProblemRoutes {

    private final List<ProblemKind> kinds;

    /** Creates routes for these kinds of problem, to be listed in this order. */
    public ProblemRoutes(List<ProblemKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Adds the routes. */
    public void add(Routes routes) {
        Routes.Group open = routes.of(Side.OPEN);
        open.get("/problems", this::all);
        open.get("/problems/{name}", this::one);
    }

    private record View(String type, int status, String title, String meaning, String remedy) {
        static View of(ProblemKind kind) {
            return new View(kind.type(), kind.status(), kind.title(), kind.meaning(), kind.remedy());
        }
    }

    private void all(Context ctx) {
        new Parameters(ctx).check();
        Json.write(ctx, 200, Map.of("items", kinds.stream().map(View::of).toList()));
    }

    private void one(Context ctx) {
        new Parameters(ctx).check();
        String name = ctx.pathParam("name");
        View view = kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .map(View::of)
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no problem type " + name + ". GET /problems lists all types.")
                        .asException());
        Json.write(ctx, 200, view);
    }
}

package dev.diptych.api.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Where the type of a problem leads: what each kind means, and what to do. Safe for use by many threads. */
public final class ProblemRoutes {

    private final List<ProblemKind> kinds;

    /** Routes to these kinds of problem, in this order. */
    public ProblemRoutes(List<ProblemKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Adds the routes. */
    public void add(Routes routes) {
        var open = routes.of(Side.OPEN, this);
        open.get("/problems", ProblemRoutes::all);
        open.get("/problems/{name}", ProblemRoutes::one);
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
                                "There is no problem " + name + ". GET /problems lists them all.")
                        .asException());
        Json.write(ctx, 200, view);
    }
}

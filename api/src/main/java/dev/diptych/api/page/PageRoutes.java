package dev.diptych.api.page;

import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemException;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the web page: {@code /} and the files that it is made of, which are kept in memory once they have been asked for.
 * There is no build step: what is in the resources is what the browser gets. Safe for use by many threads.
 */
public final class PageRoutes {

    /** Nothing but this server's own files, and no script or style in the document itself: what is injected does not run. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    /** Adds the routes. */
    public void add(Routes routes) {
        var open = routes.of(Side.OPEN, this);
        open.get("/", (page, ctx) -> page.serve(ctx, "index.html"));
        open.get("/page/<file>", (page, ctx) -> page.serve(ctx, ctx.pathParam("file")));
    }

    private void serve(Context ctx, String file) {
        new Parameters(ctx).check();
        Asset asset = assets.computeIfAbsent(file, name -> Asset.read(name).orElseThrow(() -> notFound(ctx)));
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Cache-Control", "no-cache"); // kept, but asked for again: 304, unless the program has changed
        ctx.header("ETag", asset.tag()).contentType(asset.mediaType()).result(asset.bytes());
    }

    private static ProblemException notFound(Context ctx) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no " + ctx.path() + " here.")
                .asException();
    }
}

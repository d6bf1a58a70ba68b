package dev.diptych.api.page;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the web page: {@code /} and the page's files. A file is kept in memory after its first request, and is served
 * as it is in the resources, without a build step. Thread-safe.
 *
 * <p>These are routes, and not the static files of Javalin, whose entity tag is made of a file's time and length: in a
 * reproducible jar, all files have the same time. They also would not evaluate {@code If-Match}, or a list of tags in
 * {@code If-None-Match}, and would serve the classes of this package.
 */
public final class PageRoutes {

    /** Allows only this server's files, and no inline scripts or styles, so that injected code does not run. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** 304, unless the file has changed. */
    private static final String REVALIDATED = "no-cache";

    /** A text whose font arrives late keeps another one, so that it does not move. */
    private static final String FOR_A_WEEK = "max-age=604800";

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    /** Adds the routes. */
    public void add(Routes routes) {
        Routes.Group open = routes.of(Side.OPEN);
        open.get("/", ctx -> serve(ctx, "index.html"));
        open.get("/page/<file>", ctx -> serve(ctx, ctx.pathParam("file")));
    }

    private void serve(Context ctx, String file) {
        new Parameters(ctx).check();
        Asset asset = assets.computeIfAbsent(file, name -> Asset.read(name).orElseThrow(() -> notFound(ctx)));
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Cache-Control", asset.isFont() ? FOR_A_WEEK : REVALIDATED);
        ctx.header("ETag", asset.tag()).contentType(asset.mediaType()).result(asset.bytes());
    }

    private static ProblemException notFound(Context ctx) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no resource " + ctx.path() + ".")
                .asException();
    }
}

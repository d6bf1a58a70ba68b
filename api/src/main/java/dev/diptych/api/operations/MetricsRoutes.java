package dev.diptych.api.operations;

import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.server.Routes;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** The route for metrics in the Prometheus text format, version 0.0.4. Thread-safe. */
final class MetricsRoutes {

    private static final String TEXT = "text/plain";
    private static final String VERSION = "; version=0.0.4; charset=utf-8";

    private final Supplier<String> scrape;

    /**
     * Creates the route.
     *
     * @param scrape returns all metrics in the Prometheus text format
     */
    MetricsRoutes(Supplier<String> scrape) {
        this.scrape = scrape;
    }

    void add(Routes.Group routes) {
        routes.get("/metrics", TEXT, this::show);
    }

    private void show(Context ctx) {
        new Parameters(ctx).check();
        ctx.header("Content-Type", TEXT + VERSION).result(scrape.get());
    }
}

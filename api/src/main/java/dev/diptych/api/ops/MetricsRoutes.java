package dev.diptych.api.ops;

import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** Shows what has been counted and timed, as Prometheus reads it. Safe for use by many threads. */
final class MetricsRoutes {

    private static final String TEXT = "text/plain";
    private static final String VERSION = "; version=0.0.4; charset=utf-8";

    private final Supplier<String> scrape;

    /**
     * A route to the metrics.
     *
     * @param scrape all of them, in Prometheus' text format
     */
    MetricsRoutes(Supplier<String> scrape) {
        this.scrape = scrape;
    }

    void add(Routes routes) {
        routes.of(Side.OPERATIONS, this).get("/metrics", TEXT, MetricsRoutes::show);
    }

    private void show(Context ctx) {
        new Parameters(ctx).check();
        ctx.header("Content-Type", TEXT + VERSION).result(scrape.get());
    }
}

package dev.diptych.api.metrics;

import dev.diptych.api.http.Role;
import dev.diptych.api.ops.Connections;
import dev.diptych.api.ops.Lookout;
import dev.diptych.api.ops.OpenAppend;
import dev.diptych.api.ops.Sight;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a node says of itself when Prometheus asks: what it has counted, and what it sees at this moment. It looks at the store
 * once for each scrape, and no longer than a {@link Lookout} does; what the store has not told by then is not a number. Safe
 * for use by many threads.
 */
public final class Scrape {

    private final Metrics metrics;
    private final Lookout lookout;
    private volatile Sight sight = Sight.NOTHING;

    /** Shows what was counted, and for each role of the node whether its store answers. */
    public Scrape(Metrics metrics, Lookout lookout) {
        this.metrics = metrics;
        this.lookout = lookout;
        lookout.roles()
                .forEach(role -> metrics.gauge(
                        Metric.STORE_UP, () -> sight.troubles().containsKey(role) ? 0 : 1, role.toString()));
    }

    /** Everything, in Prometheus' text format. */
    public String text() {
        sight = lookout.look();
        return metrics.scrape();
    }

    /** Shows the projections that run here. */
    public void projection(ProjectionRunner runner) {
        String name = runner.name();
        metrics.gauge(Metric.PROJECTION_LAG, () -> lag(sight.projections(), name), name);
        metrics.gauge(Metric.PROJECTION_LAG_AGE, () -> behind(name), name);
        for (State state : State.values()) {
            metrics.gauge(
                    Metric.PROJECTION_STATE,
                    () -> runner.state() == state ? 1 : 0,
                    name,
                    state.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Not a number where it cannot be seen. */
    private static double lag(Map<String, ProjectionProgress> seen, String projection) {
        ProjectionProgress now = seen.get(projection);
        return now == null || now.lag().isEmpty() ? Double.NaN : now.lag().getAsLong();
    }

    private double behind(String projection) {
        return Optional.ofNullable(sight.projections().get(projection))
                .flatMap(ProjectionProgress::behind)
                .map(Scrape::seconds)
                .orElse(Double.NaN);
    }

    /** Shows how far the views are that this node reads. */
    public void views(List<String> projections) {
        projections.forEach(name -> metrics.gauge(Metric.VIEW_LAG, () -> lag(sight.views(), name), name));
    }

    /** Shows the append that has been open for the longest time. */
    public void oldestAppend() {
        metrics.gauge(Metric.OLDEST_APPEND_AGE, () -> age(sight));
    }

    /** Not a number when it cannot be seen whether there is one, or for how long it has been open. */
    private static double age(Sight sight) {
        if (!sight.appendsSeen()) {
            return Double.NaN;
        }
        Optional<OpenAppend> oldest = sight.oldestAppend();
        return oldest.isEmpty() ? 0 : oldest.get().age().map(Scrape::seconds).orElse(Double.NaN);
    }

    /** Shows how connections are used. */
    public void pools(Map<Role, Supplier<Connections>> pools) {
        pools.forEach((role, pool) -> {
            String name = role.toString();
            metrics.gauge(Metric.POOL_CONNECTIONS, () -> pool.get().active(), name, "active");
            metrics.gauge(Metric.POOL_CONNECTIONS, () -> pool.get().idle(), name, "idle");
            metrics.gauge(Metric.POOL_LIMIT, () -> pool.get().most(), name);
            metrics.gauge(Metric.POOL_WAITING, () -> pool.get().waiting(), name);
        });
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

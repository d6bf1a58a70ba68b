package dev.diptych.api.metrics;

import dev.diptych.api.Role;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.operations.Connections;
import dev.diptych.api.operations.StoreProbe;
import dev.diptych.api.operations.StoreStatus;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.TodoList.Counts;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.projection.Generations.Copy;
import dev.diptych.core.projection.Generations.Status;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.ProjectionProgress;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a node: its recorded values, and the status of its store at the time of a scrape. Each scrape queries
 * the store once, for at most {@link StoreProbe#TIMEOUT}; a value that is unknown by then is {@code NaN}. Thread-safe.
 */
public final class NodeMetrics {

    private static final String MET = "met";
    private static final String TIMED_OUT = "timed-out";

    private final Metrics metrics;
    private final MeterProvider<Timer> waits;
    private final StoreProbe probe;
    private volatile StoreStatus status = StoreStatus.UNKNOWN;

    /** Creates the metrics, and registers {@link Metric#STORE_UP} for each role of the node. */
    public NodeMetrics(Metrics metrics, StoreProbe probe) {
        this.metrics = metrics;
        this.waits = metrics.timers(Metric.QUERY_WAIT_DURATION);
        this.probe = probe;
        probe.roles()
                .forEach(role -> metrics.gauge(
                        Metric.STORE_UP, () -> status.errors().containsKey(role) ? 0 : 1, role.toString()));
    }

    /** Queries the store, and returns all metrics in the Prometheus text format. */
    public String scrape() {
        status = probe.status();
        return metrics.scrape();
    }

    /** Registers the metrics of appends and stream reads, so that they are exported before the first one. */
    public void showWrites() {
        metrics.timers(Metric.APPEND_DURATION).withTag(MeteredEventStore.OUTCOME, MeteredEventStore.APPENDED);
        metrics.timers(Metric.LOAD_DURATION).withTag(MeteredEventStore.OUTCOME, MeteredEventStore.LOADED);
    }

    /** Registers the metrics of waiting queries, open event streams, and the lag of the views and of a standby. */
    public void showReads(List<String> projections, CheckpointWatch watch, EventStreams streams) {
        for (String projection : projections) {
            waits(projection, MET);
            waits(projection, TIMED_OUT);
            metrics.gauge(Metric.VIEW_LAG, () -> lag(status.views(), projection), projection);
        }
        metrics.gauge(Metric.REPLICA_LAG, () -> replicaLag(status));
        metrics.gauge(Metric.READ_HEAD, () -> orNaN(status.readHead()));
        metrics.gauge(Metric.QUERIES_WAITING, watch::waiting);
        metrics.gauge(Metric.STREAMS_OPEN, streams::open);
    }

    /**
     * Records that a query has waited for a projection.
     *
     * @param met whether the projection has reached the position
     */
    public void waited(String projection, boolean met, Duration took) {
        waits(projection, met ? MET : TIMED_OUT).record(took);
    }

    private Timer waits(String projection, String outcome) {
        return waits.withTags("projection", projection, "outcome", outcome);
    }

    /** Returns the lag of the standby in seconds; 0 on a primary, {@code NaN} if unknown. */
    private static double replicaLag(StoreStatus status) {
        return status.replica()
                .map(standby -> standby.lag().map(NodeMetrics::seconds).orElse(Double.NaN))
                .orElse(status.views().isEmpty() ? Double.NaN : 0);
    }

    private static double orNaN(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }

    /** Registers the metrics of the primary, for nodes with the role project. */
    public void showHead() {
        metrics.gauge(Metric.HEAD, () -> orNaN(status.head()));
    }

    /** Registers the metrics of a projection of this node. */
    public void showProjection(ProjectionRunner runner) {
        String name = runner.name();
        metrics.gauge(Metric.PROJECTION_LAG, () -> lag(status.projections(), name), name);
        metrics.gauge(Metric.PROJECTION_LAG_AGE, () -> behind(name), name);
        metrics.gauge(Metric.REBUILD_LAG, () -> ofCopy(name, (copy, now) -> orNaN(now.head()) - copy.position()), name);
        metrics.gauge(Metric.REBUILD_RATE, () -> ofCopy(name, (copy, now) -> copy.positionsPerSecond()), name);
        metrics.gauge(
                Metric.REBUILD_NODES,
                () -> ofCopy(name, (copy, now) -> now.copyNode().isPresent() ? 1.0 : 0.0),
                name);
        for (State state : State.values()) {
            metrics.gauge(
                    Metric.PROJECTION_STATE,
                    () -> runner.state() == state ? 1 : 0,
                    name,
                    state.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Registers the metrics of an automation of this node. */
    public void showAutomation(AutomationWorker<?> worker) {
        String name = worker.name();
        metrics.gauge(Metric.AUTOMATION_ITEMS, () -> items(name, Counts::open), name, "open");
        metrics.gauge(Metric.AUTOMATION_ITEMS, () -> items(name, Counts::parked), name, "parked");
        for (AutomationWorker.State state : AutomationWorker.State.values()) {
            metrics.gauge(
                    Metric.AUTOMATION_STATE,
                    () -> worker.state() == state ? 1 : 0,
                    name,
                    state.name().toLowerCase(Locale.ROOT));
        }
    }

    private double items(String automation, ToDoubleFunction<Counts> which) {
        Counts counts = status.items().get(automation);
        return counts == null ? Double.NaN : which.applyAsDouble(counts);
    }

    /** Returns the lag in positions; {@code NaN} if unknown. */
    private static double lag(Map<String, ProjectionProgress> seen, String projection) {
        ProjectionProgress now = seen.get(projection);
        return now == null ? Double.NaN : orNaN(now.lag());
    }

    /** Returns a value of the copy; {@code NaN} if unknown, or without a rebuild. */
    private double ofCopy(String projection, BiFunction<Copy, ProjectionProgress, Double> value) {
        return Optional.ofNullable(status.projections().get(projection))
                .flatMap(now -> now.generations().flatMap(Status::copy).map(copy -> value.apply(copy, now)))
                .orElse(Double.NaN);
    }

    private double behind(String projection) {
        return Optional.ofNullable(status.projections().get(projection))
                .flatMap(ProjectionProgress::behind)
                .map(NodeMetrics::seconds)
                .orElse(Double.NaN);
    }

    /**
     * Registers the metrics of each role's connection pool and, on nodes with the role write or project, of the oldest
     * open append.
     */
    public void showConnections(Map<Role, Supplier<Connections>> pools) {
        pools.forEach((role, pool) -> {
            String name = role.toString();
            metrics.gauge(Metric.POOL_CONNECTIONS, () -> pool.get().active(), name, "active");
            metrics.gauge(Metric.POOL_CONNECTIONS, () -> pool.get().idle(), name, "idle");
            metrics.gauge(Metric.POOL_LIMIT, () -> pool.get().max(), name);
            metrics.gauge(Metric.POOL_WAITING, () -> pool.get().waiting(), name);
        });
        if (pools.containsKey(Role.WRITE) || pools.containsKey(Role.PROJECT)) {
            metrics.gauge(Metric.OLDEST_APPEND_AGE, () -> age(status));
        }
    }

    /** Returns the age of the oldest open append in seconds; 0 if there is none, {@code NaN} if unknown. */
    private static double age(StoreStatus status) {
        if (!status.appendsSeen()) {
            return Double.NaN;
        }
        Optional<OpenAppend> oldest = status.oldestAppend();
        return oldest.isEmpty()
                ? 0
                : oldest.get().age().map(NodeMetrics::seconds).orElse(Double.NaN);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

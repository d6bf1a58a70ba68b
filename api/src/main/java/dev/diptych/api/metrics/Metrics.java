package dev.diptych.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * Records the values of each {@link Metric}. Label values must be in the order of {@link Metric#labels()}. A method
 * throws an {@link IllegalArgumentException} when the metric is of another kind or has another number of labels.
 * Thread-safe.
 */
public final class Metrics implements AutoCloseable {

    private static final Duration[] BOUNDS_OF_DURATIONS =
            durations(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000);
    private static final double[] BOUNDS_OF_SIZES = {1, 10, 100, 1_000, 10_000};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Series, DistributionSummary> sizes = new ConcurrentHashMap<>();

    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Creates an empty registry, and registers the metrics of the JVM and the process. */
    public Metrics() {
        List<MeterBinder> ofTheProcess = List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics(),
                collections);
        ofTheProcess.forEach(binder -> binder.bindTo(registry));
    }

    private record Series(Metric metric, List<String> values) {

        static Series of(Metric metric, Metric.Kind kind, String... values) {
            if (metric.kind() != kind || metric.labels().size() != values.length) {
                throw new IllegalArgumentException(metric + " is a " + metric.kind() + " with the labels "
                        + metric.labels() + ", not a " + kind + " with " + values.length);
            }
            return new Series(metric, List.of(values));
        }

        Tags tags() {
            Tags tags = Tags.empty();
            for (int i = 0; i < values.size(); i++) {
                tags = tags.and(metric.labels().get(i), values.get(i));
            }
            return tags;
        }
    }

    /** Records a duration. */
    public void time(Metric metric, Duration duration, String... values) {
        timer(metric, values).record(duration);
    }

    /** Creates a series with the value 0, so that it is exported before its first event. */
    public void expect(Metric metric, String... values) {
        switch (metric.kind()) {
            case DURATION -> timer(metric, values);
            case COUNTER -> counter(metric, values);
            case SIZE -> summary(metric, values);
            case GAUGE -> throw new IllegalArgumentException(metric + " always has a value");
        }
    }

    /** Increments a counter. */
    public void count(Metric metric, String... values) {
        counter(metric, values).increment();
    }

    /** Records a size. */
    public void size(Metric metric, double size, String... values) {
        summary(metric, values).record(size);
    }

    /**
     * Registers a gauge.
     *
     * @param value returns the current value at each scrape; {@code NaN} if unknown; must return immediately
     */
    public void gauge(Metric metric, DoubleSupplier value, String... values) {
        Series series = Series.of(metric, Metric.Kind.GAUGE, values);
        Gauge.builder(metric.id(), value::getAsDouble)
                .description(metric.meaning())
                .tags(series.tags())
                .register(registry);
    }

    private Timer timer(Metric metric, String... values) {
        return timers.computeIfAbsent(
                Series.of(metric, Metric.Kind.DURATION, values),
                series -> Timer.builder(metric.id())
                        .description(metric.meaning())
                        .tags(series.tags())
                        .serviceLevelObjectives(BOUNDS_OF_DURATIONS)
                        .register(registry));
    }

    private Counter counter(Metric metric, String... values) {
        return counters.computeIfAbsent(
                Series.of(metric, Metric.Kind.COUNTER, values),
                series -> Counter.builder(metric.id())
                        .description(metric.meaning())
                        .tags(series.tags())
                        .register(registry));
    }

    private DistributionSummary summary(Metric metric, String... values) {
        return sizes.computeIfAbsent(
                Series.of(metric, Metric.Kind.SIZE, values),
                series -> DistributionSummary.builder(metric.id())
                        .description(metric.meaning())
                        .tags(series.tags())
                        .serviceLevelObjectives(BOUNDS_OF_SIZES)
                        .register(registry));
    }

    /** Returns all metrics in the Prometheus text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    private static Duration[] durations(int... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}

package dev.diptych.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Tag;
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
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * The meters of each {@link Metric}. A method throws an {@link IllegalArgumentException} when the metric is of another
 * kind. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

    private static final Duration[] BOUNDS_OF_DURATIONS =
            durations(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000);
    private static final double[] BOUNDS_OF_SIZES = {1, 10, 100, 1_000, 10_000};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
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

    /** Returns the timers of a metric, one for each combination of the values of its labels. */
    MeterProvider<Timer> timers(Metric metric) {
        require(metric, Metric.Kind.DURATION);
        return Timer.builder(metric.id())
                .description(metric.meaning())
                .serviceLevelObjectives(BOUNDS_OF_DURATIONS)
                .withRegistry(registry);
    }

    /** Returns the counters of a metric, one for each combination of the values of its labels. */
    MeterProvider<Counter> counters(Metric metric) {
        require(metric, Metric.Kind.COUNTER);
        return Counter.builder(metric.id()).description(metric.meaning()).withRegistry(registry);
    }

    /** Returns the summaries of a metric, one for each combination of the values of its labels. */
    MeterProvider<DistributionSummary> summaries(Metric metric) {
        require(metric, Metric.Kind.SIZE);
        return DistributionSummary.builder(metric.id())
                .description(metric.meaning())
                .serviceLevelObjectives(BOUNDS_OF_SIZES)
                .withRegistry(registry);
    }

    private static void require(Metric metric, Metric.Kind kind) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric + " is a " + metric.kind() + ", not a " + kind);
        }
    }

    /**
     * Registers a gauge.
     *
     * @param value returns the current value at each scrape; {@code NaN} if unknown; must return immediately
     * @param values the values of the labels, in the order of {@link Metric#labels()}
     */
    public void gauge(Metric metric, DoubleSupplier value, String... values) {
        require(metric, Metric.Kind.GAUGE);
        List<String> labels = metric.labels();
        if (labels.size() != values.length) {
            throw new IllegalArgumentException(metric + " has the labels " + labels + ", not " + values.length);
        }
        Gauge.builder(metric.id(), value::getAsDouble)
                .description(metric.meaning())
                .tags(IntStream.range(0, values.length)
                        .mapToObj(i -> Tag.of(labels.get(i), values[i]))
                        .toList())
                .register(registry);
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

package dev.diptych.api.metrics;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ReadModelStore;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Measures the size and the duration of each applied batch. Thread-safe. */
public final class MeteredReadModel implements ReadModelStore {

    private final ReadModelStore delegate;
    private final DistributionSummary sizes;
    private final Timer durations;

    /** Wraps a read model, whose metrics are exported from now on. */
    public MeteredReadModel(ReadModelStore delegate, Metrics metrics) {
        this.delegate = delegate;
        this.sizes = metrics.summaries(Metric.BATCH_EVENTS).withTag("projection", delegate.projection());
        this.durations = metrics.timers(Metric.BATCH_DURATION).withTag("projection", delegate.projection());
    }

    @Override
    public boolean apply(Batch batch) {
        long began = System.nanoTime();
        boolean applied = delegate.apply(batch);
        if (applied) {
            sizes.record(batch.events().size());
            durations.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
        return applied;
    }

    @Override
    public String projection() {
        return delegate.projection();
    }

    @Override
    public long checkpoint() {
        return delegate.checkpoint();
    }

    @Override
    public int maxBatch() {
        return delegate.maxBatch();
    }

    @Override
    public boolean apply(Batch batch, int generation) {
        return delegate.apply(batch, generation);
    }

    @Override
    public Generations generations() {
        return delegate.generations();
    }
}

package dev.diptych.api.metrics;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;

/** Measures the size and the duration of each applied batch. Thread-safe. */
public final class MeteredReadModel implements ReadModelStore {

    private final ReadModelStore delegate;
    private final Metrics metrics;

    /** Wraps a read model. */
    public MeteredReadModel(ReadModelStore delegate, Metrics metrics) {
        this.delegate = delegate;
        this.metrics = metrics;
    }

    @Override
    public boolean apply(Batch batch) {
        long began = System.nanoTime();
        boolean applied = delegate.apply(batch);
        if (applied) {
            metrics.size(Metric.BATCH_EVENTS, batch.events().size(), projection());
            metrics.time(Metric.BATCH_DURATION, Duration.ofNanos(System.nanoTime() - began), projection());
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
    public void reset() {
        delegate.reset();
    }
}

package com.example.bank.app;

import com.example.bank.core.projection.ProjectionRunner;
import com.example.bank.store.postgres.PostgresPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The connections of the store's pool, which Spring does not know, and whether the projection runs. */
@Component
class StoreMetrics implements MeterBinder {

    private final PostgresPool pool;
    private final ProjectionRunner runner;

    StoreMetrics(PostgresPool pool, ProjectionRunner runner) {
        this.pool = pool;
        this.runner = runner;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("store.pool.active", pool, each -> each.usage().active()).register(registry);
        Gauge.builder("store.pool.waiting", pool, each -> each.usage().waiting())
                .register(registry);
        Gauge.builder(
                        "store.projection.running",
                        runner,
                        each -> each.state() == ProjectionRunner.State.RUNNING ? 1 : 0)
                .register(registry);
    }
}

package com.example.bank.app;

import com.example.bank.core.eventstore.EventStore;
import com.example.bank.core.projection.ProjectionRunner;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down if the store does not answer. A failed projection is shown, and does not take the node down. */
@Component("store")
class StoreHealth implements HealthIndicator {

    private final EventStore store;
    private final ProjectionRunner runner;

    StoreHealth(EventStore store, ProjectionRunner runner) {
        this.store = store;
        this.runner = runner;
    }

    @Override
    public Health health() {
        try {
            return Health.up()
                    .withDetail("head", store.head())
                    .withDetail("projection", runner.state().name())
                    .build();
        } catch (RuntimeException e) {
            return Health.down(e).build();
        }
    }
}

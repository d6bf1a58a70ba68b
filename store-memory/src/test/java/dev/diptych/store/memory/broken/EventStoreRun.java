package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the contract tests of an event store with a fault, or without one. */
@ExtendWith(Fault.OfThisRun.class)
class EventStoreRun extends EventStoreContract {

    private final Fault fault;
    private final Duration patience;

    EventStoreRun(Fault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    @Override
    protected Duration patience() {
        return patience;
    }

    @Override
    protected EventStore newStore() {
        return fault.newStore();
    }

    @Override
    protected void letTimePass(Duration time) {
        if (store instanceof WrappedEventStore wrapped) {
            wrapped.clock.forward(time);
        }
    }
}

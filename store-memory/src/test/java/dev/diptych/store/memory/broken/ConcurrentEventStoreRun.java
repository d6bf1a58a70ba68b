package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.ConcurrentEventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the concurrent contract tests of an event store with a fault, or without one. */
@ExtendWith(Fault.OfThisRun.class)
class ConcurrentEventStoreRun extends ConcurrentEventStoreContract {

    private final Fault fault;
    private final Duration patience;

    ConcurrentEventStoreRun(Fault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    @Override
    protected Duration patience() {
        return patience;
    }

    @Override
    protected int appendsPerWriter() {
        return 40;
    }

    @Override
    protected EventStore newStore() {
        return fault.newStore();
    }
}

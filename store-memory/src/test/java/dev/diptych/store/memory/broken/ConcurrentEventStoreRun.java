package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.ConcurrentEventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds an event store with a fault, if any, to what it promises to many at once. */
@ExtendWith(Fault.OfThisRun.class)
@Timeout(value = 15, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentEventStoreRun extends ConcurrentEventStoreContract {

    private final Fault fault;

    ConcurrentEventStoreRun(Fault fault) {
        this.fault = fault;
    }

    @Override
    protected Duration patience() {
        return fault.patience();
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

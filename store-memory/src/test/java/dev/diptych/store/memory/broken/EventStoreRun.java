package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds an event store with a fault, if any, to its contract. */
@ExtendWith(Fault.OfThisRun.class)
@Timeout(value = 15, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStoreRun extends EventStoreContract {

    private final Fault fault;

    EventStoreRun(Fault fault) {
        this.fault = fault;
    }

    @Override
    protected Duration patience() {
        return fault.patience();
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

    /** For a fault that makes tests wait for ever. */
    @Timeout(value = 1, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    static final class Impatient extends EventStoreRun {
        Impatient(Fault fault) {
            super(fault);
        }
    }
}

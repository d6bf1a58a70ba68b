package dev.diptych.store.memory;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;

class MemoryEventStoreContractTest extends EventStoreContract {

    private final ShiftedClock clock = new ShiftedClock();

    @Override
    protected EventStore newStore() {
        return new MemoryEventStore(clock);
    }

    @Override
    protected void letTimePass(Duration time) {
        clock.forward(time);
    }
}

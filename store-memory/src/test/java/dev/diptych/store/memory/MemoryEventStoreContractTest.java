package dev.diptych.store.memory;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.eventstore.EventStore;

class MemoryEventStoreContractTest extends EventStoreContract {

    @Override
    protected EventStore newStore() {
        return new MemoryEventStore();
    }
}

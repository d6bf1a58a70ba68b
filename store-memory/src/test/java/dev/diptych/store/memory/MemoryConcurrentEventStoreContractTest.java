package dev.diptych.store.memory;

import dev.diptych.core.contract.ConcurrentEventStoreContract;
import dev.diptych.core.eventstore.EventStore;

class MemoryConcurrentEventStoreContractTest extends ConcurrentEventStoreContract {

    @Override
    protected EventStore newStore() {
        return new MemoryEventStore();
    }
}

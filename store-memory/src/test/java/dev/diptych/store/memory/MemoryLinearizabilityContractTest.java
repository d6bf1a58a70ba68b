package dev.diptych.store.memory;

import dev.diptych.core.contract.LinearizabilityContract;
import dev.diptych.core.eventstore.EventStore;

class MemoryLinearizabilityContractTest extends LinearizabilityContract {

    @Override
    protected EventStore newStore() {
        return new MemoryEventStore();
    }
}

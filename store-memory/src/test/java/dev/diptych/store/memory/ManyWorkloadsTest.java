package dev.diptych.store.memory;

import dev.diptych.core.contract.LinearizabilityContract;
import dev.diptych.core.eventstore.EventStore;
import org.junit.jupiter.api.Tag;

/** The same as {@link MemoryLinearizabilityContractTest}, many times. */
@Tag("full")
class ManyWorkloadsTest extends LinearizabilityContract {

    @Override
    protected EventStore newStore() {
        return new MemoryEventStore();
    }

    @Override
    protected int workloads() {
        return Integer.getInteger("contract.workloads", 1_000);
    }
}

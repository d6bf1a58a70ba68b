package dev.diptych.store.memory;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.ProjectionRunnerContract;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.util.Map;

class MemoryProjectionRunnerContractTest extends ProjectionRunnerContract {

    private MemoryTallies tallies = new MemoryTallies("none yet");

    @Override
    protected EventStore newStore() {
        EventStore store = new MemoryEventStore();
        tallies = new MemoryTallies(store.history());
        return store;
    }

    @Override
    protected ReadModelStore readModel(Projection<Coin, Tally> projection) {
        return tallies.readModel(projection);
    }

    @Override
    protected Map<String, Tally> rows(ReadModelStore readModel) {
        return tallies.rows(readModel);
    }
}

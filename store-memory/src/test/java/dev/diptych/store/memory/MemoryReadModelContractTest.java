package dev.diptych.store.memory;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.ReadModelStoreContract;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.util.Map;

class MemoryReadModelContractTest extends ReadModelStoreContract {

    private static final String HISTORY = "history-1";

    private MemoryTallies tallies = new MemoryTallies(HISTORY);

    @Override
    protected void newStore() {
        tallies = new MemoryTallies(HISTORY);
    }

    @Override
    protected ReadModelStore readModel(Projection<Coin, Tally> projection) {
        return tallies.readModel(projection);
    }

    @Override
    protected Map<String, Tally> rows(ReadModelStore readModel) {
        return tallies.rows(readModel);
    }

    @Override
    protected String history() {
        return HISTORY;
    }
}

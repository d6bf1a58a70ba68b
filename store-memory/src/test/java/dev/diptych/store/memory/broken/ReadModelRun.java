package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.ReadModelStoreContract;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the contract tests of a read model with a fault, or without one. */
@ExtendWith(Fault.OfThisRun.class)
class ReadModelRun extends ReadModelStoreContract {

    private static final String HISTORY = "history-1";

    private final Fault fault;
    private final Duration patience;
    private WrappedTallies tallies = new WrappedTallies(HISTORY);

    ReadModelRun(Fault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    @Override
    protected Duration patience() {
        return patience;
    }

    @Override
    protected void newStore() {
        tallies = fault.newTallies(HISTORY);
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

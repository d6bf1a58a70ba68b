package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.ReadModelStoreContract;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds a read model with a fault, if any, to its contract. */
@ExtendWith(Fault.OfThisRun.class)
@Timeout(value = 15, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadModelRun extends ReadModelStoreContract {

    private final Fault fault;
    private WrappedTallies tallies = new WrappedTallies();

    ReadModelRun(Fault fault) {
        this.fault = fault;
    }

    @Override
    protected Duration patience() {
        return fault.patience();
    }

    @Override
    protected void newStore() {
        tallies = fault.newTallies();
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

package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.ProjectionRunnerContract;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the projection contract tests with a fault in the event store or the read model, or without one. */
@ExtendWith(Fault.OfThisRun.class)
class ProjectionRunnerRun extends ProjectionRunnerContract {

    private final Fault fault;
    private final Duration patience;
    private WrappedTallies tallies = new WrappedTallies("none yet");

    ProjectionRunnerRun(Fault fault, Duration patience) {
        this.fault = fault;
        this.patience = patience;
    }

    @Override
    protected Duration patience() {
        return patience;
    }

    @Override
    protected EventStore newStore() {
        EventStore store = fault.newStore();
        tallies = fault.newTallies(store.history());
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

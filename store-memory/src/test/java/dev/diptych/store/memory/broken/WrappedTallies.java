package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryTallies;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract's read models in memory, for a fault to be built into. */
public class WrappedTallies {

    private final MemoryTallies tallies = new MemoryTallies();

    /** A read model with this projection, or what the fault makes of both. */
    ReadModelStore readModel(Projection<Coin, Tally> projection) {
        return tallies.readModel(projection);
    }

    /** All rows of a read model by their keys. */
    Map<String, Tally> rows(ReadModelStore readModel) {
        return tallies.rows(readModel);
    }

    /** A read model in memory. */
    public abstract static class WrappedReadModel implements ReadModelStore {

        final ReadModelStore model;

        protected WrappedReadModel(ReadModelStore model) {
            this.model = model;
        }

        @Override
        public String projection() {
            return model.projection();
        }

        @Override
        public long checkpoint() {
            return model.checkpoint();
        }

        @Override
        public boolean apply(Batch batch) {
            return model.apply(batch);
        }

        @Override
        public void reset() {
            model.reset();
        }

        /** Applies the events wherever the checkpoint is. */
        final boolean applyUnchecked(Batch batch) {
            boolean applied = false;
            while (!applied) { // until no other caller has moved the checkpoint in between
                long checkpoint = model.checkpoint();
                applied = model.apply(new Batch(checkpoint, Math.max(checkpoint, batch.through()), batch.events()));
            }
            return true;
        }
    }

    /** A projection that goes on in another way, or on other rows, than it was written. */
    abstract static class WrappedProjection implements Projection<Coin, Tally> {

        final Projection<Coin, Tally> projection;

        WrappedProjection(Projection<Coin, Tally> projection) {
            this.projection = projection;
        }

        @Override
        public String name() {
            return projection.name();
        }

        @Override
        public Class<Coin> eventType() {
            return projection.eventType();
        }

        @Override
        public Set<String> keysOf(Coin coin) {
            return projection.keysOf(coin);
        }

        @Override
        public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
            return projection.evolve(key, row, published);
        }
    }
}

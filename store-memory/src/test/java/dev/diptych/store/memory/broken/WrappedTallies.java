package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryTallies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract tests' read models in the memory store; faults extend it. */
public class WrappedTallies {

    /** The history of the events from which the read models are built. */
    final String history;

    private final MemoryTallies tallies;

    WrappedTallies(String history) {
        this.history = history;
        this.tallies = new MemoryTallies(history);
    }

    /** Returns a read model with this projection; a fault overrides this method to change either. */
    ReadModelStore readModel(Projection<Coin, Tally> projection) {
        return tallies.readModel(projection);
    }

    /** Returns all rows of a read model by their keys. */
    Map<String, Tally> rows(ReadModelStore readModel) {
        return tallies.rows(readModel);
    }

    /** Delegates to a read model in the memory store. */
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
        public boolean apply(Batch batch, int generation) {
            return model.apply(batch, generation);
        }

        @Override
        public Generations generations() {
            return model.generations();
        }

        /** Applies the events at any checkpoint. */
        static boolean applyUnchecked(ReadModelStore model, Batch batch) {
            long checkpoint;
            do { // retries when another caller has moved the checkpoint in between
                checkpoint = model.checkpoint();
                long through = Math.max(checkpoint, batch.through());
                if (model.apply(moving(checkpoint, through, batch.events(), batch.history())
                        .beforeCommit(batch.beforeCommit()))) {
                    return true;
                }
            } while (model.checkpoint() != checkpoint);
            return false; // the batch is of another history
        }

        /** Returns a batch that ends at another checkpoint, by an additional event that every projection ignores. */
        static Batch moving(long after, long through, List<PublishedEvent<?>> events, String history) {
            List<PublishedEvent<?>> extended = new ArrayList<>(events);
            extended.add(new PublishedEvent<>("only a position", 1, through));
            return new Batch(after, extended, history);
        }

        /** Returns a batch with some or all events of another that ends at another checkpoint. */
        static Batch moving(Batch batch, long through, List<PublishedEvent<?>> events) {
            return moving(batch.after(), through, events, batch.history()).beforeCommit(batch.beforeCommit());
        }
    }

    /** Delegates to a projection; a fault overrides its methods. */
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

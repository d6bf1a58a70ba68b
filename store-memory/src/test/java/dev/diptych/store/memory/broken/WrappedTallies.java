package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryTallies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract's read models in memory, for a fault to be built into. */
public class WrappedTallies {

    /** The history of the events that the read models are made of. */
    final String history;

    private final MemoryTallies tallies;

    WrappedTallies(String history) {
        this.history = history;
        this.tallies = new MemoryTallies(history);
    }

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
            long checkpoint;
            do { // until no other caller has moved the checkpoint in between
                checkpoint = model.checkpoint();
                long through = Math.max(checkpoint, batch.through());
                if (model.apply(moving(checkpoint, through, batch.events(), batch.history()))) {
                    return true;
                }
            } while (model.checkpoint() != checkpoint);
            return false; // the batch is of another history
        }

        /** A batch that moves the checkpoint elsewhere than to its last event, by one that no projection follows. */
        static Batch moving(long after, long through, List<PublishedEvent<?>> events, String history) {
            List<PublishedEvent<?>> andOneMore = new ArrayList<>(events);
            andOneMore.add(new PublishedEvent<>("only a position", 1, through));
            return new Batch(after, andOneMore, history);
        }

        /** The same for events that are part of a batch, or all of it. */
        static Batch moving(Batch batch, long through, List<PublishedEvent<?>> events) {
            return moving(batch.after(), through, events, batch.history());
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

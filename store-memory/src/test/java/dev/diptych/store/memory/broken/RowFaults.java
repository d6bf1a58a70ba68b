package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.broken.WrappedTallies.WrappedReadModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Faults in the rows. */
final class RowFaults {

    private RowFaults() {}

    /** Replaces the projection. */
    static class Folding extends WrappedTallies {

        private final UnaryOperator<Projection<Coin, Tally>> wrapper;

        Folding(String history, UnaryOperator<Projection<Coin, Tally>> wrapper) {
            super(history);
            this.wrapper = wrapper;
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return super.readModel(wrapper.apply(projection));
        }
    }

    /** Keeps a row that the projection removes. */
    static final class KeepsRemovedRows extends WrappedTallies.WrappedProjection {
        KeepsRemovedRows(Projection<Coin, Tally> projection) {
            super(projection);
        }

        @Override
        public Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
            Tally next = projection.evolve(key, row, published);
            return next == null ? new Tally(key, 0, 0, published.position()) : next;
        }
    }

    /** Removes a row that an event does not change. */
    static final class LosesUnchangedRows extends WrappedTallies.WrappedProjection {
        LosesUnchangedRows(Projection<Coin, Tally> projection) {
            super(projection);
        }

        @Override
        public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
            Tally next = projection.evolve(key, row, published);
            return next != null && next.equals(row) ? null : next;
        }
    }

    /** Ignores case in keys. */
    static final class CaseInsensitiveKeys extends WrappedTallies.WrappedProjection {
        CaseInsensitiveKeys(Projection<Coin, Tally> projection) {
            super(projection);
        }

        @Override
        public Set<String> keysOf(Coin coin) {
            return projection.keysOf(coin).stream()
                    .map(key -> key.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }
    }

    /** Starts each batch without the rows of the previous batch. */
    static boolean losesRowsBetweenBatches(ReadModelStore model, Batch batch) {
        long checkpoint = model.checkpoint();
        if (batch.after() == checkpoint) {
            EmptyCopy.serve(model);
            model.apply(WrappedReadModel.moving(0, checkpoint, List.of(), batch.history()));
        }
        return model.apply(batch);
    }

    /** Applies at most 1,000 events of a batch. */
    static boolean truncatesLargeBatches(ReadModelStore model, Batch batch) {
        List<PublishedEvent<?>> events = batch.events();
        return model.apply(
                WrappedReadModel.moving(batch, batch.through(), events.subList(0, Math.min(events.size(), 1_000))));
    }

    /** Applies the first event of a batch before the others, and lets a reader read in between. */
    static final class PartialBatch extends WrappedTallies {

        private final ReadLatch readLatch = new ReadLatch();

        PartialBatch(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new WrappedReadModel(super.readModel(projection)) {
                @Override
                public boolean apply(Batch batch) {
                    if (batch.events().size() < 2) {
                        return model.apply(batch);
                    }
                    Batch first = batch.before(batch.events().get(1).position());
                    if (first.events().isEmpty()) {
                        return model.apply(batch);
                    }
                    boolean begun = model.apply(first);
                    readLatch.awaitRead();
                    return begun
                            && model.apply(new Batch(
                                    first.through(),
                                    batch.events().subList(1, batch.events().size()),
                                    batch.history()));
                }
            };
        }

        @Override
        Map<String, Tally> rows(ReadModelStore readModel) {
            return readLatch.read(() -> super.rows(readModel));
        }
    }

    /** Blocks readers while a batch is folded. */
    static final class ReadersBlock extends WrappedTallies {

        private final ReentrantLock folding = new ReentrantLock();

        ReadersBlock(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new WrappedReadModel(super.readModel(projection)) {
                @Override
                public boolean apply(Batch batch) {
                    folding.lock();
                    try {
                        return model.apply(batch);
                    } finally {
                        folding.unlock();
                    }
                }
            };
        }

        @Override
        Map<String, Tally> rows(ReadModelStore readModel) {
            folding.lock();
            try {
                return super.rows(readModel);
            } finally {
                folding.unlock();
            }
        }
    }

    /** Does not roll back a failed transaction, so that all read models fail. */
    static final class OneFailureStopsAll extends WrappedTallies {

        private final AtomicBoolean broken = new AtomicBoolean();

        OneFailureStopsAll(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new WrappedReadModel(super.readModel(projection)) {
                @Override
                public boolean apply(Batch batch) {
                    if (broken.get()) {
                        throw new IllegalStateException("The previous transaction has not been rolled back");
                    }
                    try {
                        return model.apply(batch);
                    } catch (PoisonedEventException e) {
                        broken.set(true);
                        throw e;
                    }
                }
            };
        }
    }
}

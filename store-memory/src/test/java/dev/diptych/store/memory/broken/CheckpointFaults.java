package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** What can go wrong between rows and checkpoint. */
final class CheckpointFaults {

    private CheckpointFaults() {}

    /** Wraps each read model; the same one each time, since the fault may have a state of its own. */
    static class Wrapping extends WrappedTallies {

        private final UnaryOperator<ReadModelStore> wrapper;
        private final Map<String, ReadModelStore> models = new ConcurrentHashMap<>();

        Wrapping(String history, UnaryOperator<ReadModelStore> wrapper) {
            super(history);
            this.wrapper = wrapper;
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return models.computeIfAbsent(projection.name(), name -> wrapper.apply(super.readModel(projection)));
        }
    }

    /** Begins after the first event. */
    static final class StartsAtOne extends WrappedTallies.WrappedReadModel {
        StartsAtOne(ReadModelStore model) {
            super(model);
        }

        @Override
        public long checkpoint() {
            return Math.max(1, model.checkpoint());
        }

        @Override
        public boolean apply(Batch batch) {
            long after = batch.after() == 1 && model.checkpoint() == 0 ? 0 : batch.after();
            return model.apply(new Batch(after, batch.events(), batch.history()));
        }
    }

    /** Keeps the rows that it had come to when the projection failed. */
    static final class CheckpointApartFromRows extends WrappedTallies.WrappedReadModel {
        CheckpointApartFromRows(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            try {
                return model.apply(batch);
            } catch (PoisonedEventException e) {
                List<PublishedEvent<?>> done = batch.before(e.position()).events();
                model.apply(moving(batch, batch.after(), done));
                throw e;
            }
        }
    }

    /** Goes on as if the event that fails were not there. */
    static final class SkipsPoisonedEvents extends WrappedTallies.WrappedReadModel {
        SkipsPoisonedEvents(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            try {
                return model.apply(batch);
            } catch (PoisonedEventException e) {
                return apply(moving(
                        batch,
                        batch.through(),
                        batch.events().stream()
                                .filter(event -> event.position() != e.position())
                                .toList()));
            }
        }
    }

    /** Has moved already when the machine is at its end, and does not move back. */
    static final class MovesInSpiteOfAnError extends WrappedTallies.WrappedReadModel {
        MovesInSpiteOfAnError(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            try {
                return model.apply(batch);
            } catch (StackOverflowError e) {
                model.apply(moving(batch, batch.through(), List.of()));
                throw e;
            }
        }
    }

    /** Moves to the last event that means something to the projection, and no further. */
    static final class CheckpointAtLastEvent extends WrappedTallies.WrappedReadModel {
        CheckpointAtLastEvent(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            long last = batch.events().stream()
                    .filter(published -> published.event() instanceof Coin coin
                            && !coin.purse().equals("ignored"))
                    .mapToLong(PublishedEvent::position)
                    .reduce(batch.after(), Math::max);
            return model.apply(moving(batch, last, batch.events()));
        }
    }

    /** Keeps the rows, and forgets that it has them. */
    static final class CheckpointStays extends WrappedTallies.WrappedReadModel {
        CheckpointStays(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            return model.apply(moving(batch, batch.after(), batch.events()));
        }
    }

    /** Follows a batch that comes too late back to where it begins. */
    static final class CheckpointGoesBack extends WrappedTallies.WrappedReadModel {

        private final AtomicLong shown = new AtomicLong();

        CheckpointGoesBack(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            boolean applied = model.apply(batch);
            shown.updateAndGet(before -> applied ? batch.through() : Math.min(before, batch.after()));
            return applied;
        }

        @Override
        public long checkpoint() {
            return shown.get();
        }

        @Override
        public void reset() {
            model.reset();
            shown.set(0);
        }
    }

    /** Applies a batch wherever the checkpoint is. */
    static final class NoCompareAndSet extends WrappedTallies.WrappedReadModel {
        NoCompareAndSet(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            return applyUnchecked(batch);
        }
    }

    /** Compares the checkpoint, and then sets it, as two steps; two callers are between them at the same time. */
    static final class ComparesThenSets extends WrappedTallies.WrappedReadModel {

        private final Meeting between = new Meeting();

        ComparesThenSets(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            if (model.checkpoint() != batch.after()) {
                return false;
            }
            between.arrive();
            return applyUnchecked(batch);
        }
    }

    /** Does not ask in which history a batch was read. */
    static final class AppliesAnyHistory extends WrappedTallies {
        AppliesAnyHistory(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new WrappedReadModel(super.readModel(projection)) {
                @Override
                public boolean apply(Batch batch) {
                    return model.apply(new Batch(batch.after(), batch.events(), history));
                }
            };
        }
    }

    /** Refuses a batch of another history, and goes on after it. */
    static final class SkipsOtherHistories extends WrappedTallies {
        SkipsOtherHistories(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new WrappedReadModel(super.readModel(projection)) {
                @Override
                public boolean apply(Batch batch) {
                    if (!batch.history().equals(history)) {
                        model.apply(moving(batch.after(), batch.through(), List.of(), history));
                    }
                    return model.apply(batch);
                }
            };
        }
    }

    /** Keeps the checkpoint in the process, and the rows in the store. */
    static final class CheckpointLostInCrash extends WrappedTallies {
        CheckpointLostInCrash(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new FromZero(super.readModel(projection));
        }

        private static final class FromZero extends WrappedReadModel {

            private volatile long reached;

            FromZero(ReadModelStore model) {
                super(model);
            }

            @Override
            public long checkpoint() {
                return reached;
            }

            @Override
            public void reset() {
                model.reset();
                reached = 0;
            }

            @Override
            public synchronized boolean apply(Batch batch) {
                boolean mine = batch.after() == reached && applyUnchecked(batch);
                reached = mine ? batch.through() : reached;
                return mine;
            }
        }
    }
}

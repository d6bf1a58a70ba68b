package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.broken.WrappedTallies.WrappedReadModel;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Faults in the checkpoint. */
final class CheckpointFaults {

    private CheckpointFaults() {}

    /** Wraps each read model once and keeps the wrapper, since the fault may have state. */
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

    /** Starts after the first event. */
    static final class StartsAtOne extends WrappedReadModel {
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
            return model.apply(new Batch(after, batch.events(), batch.history(), batch.beforeCommit()));
        }
    }

    /** Keeps the rows of the events before the failure, but not the checkpoint. */
    static boolean checkpointSeparateFromRows(ReadModelStore model, Batch batch) {
        try {
            return model.apply(batch);
        } catch (PoisonedEventException e) {
            List<PublishedEvent<?>> done = batch.before(e.position()).events();
            model.apply(WrappedReadModel.moving(batch, batch.after(), done));
            throw e;
        }
    }

    /** Commits before the last moment at which a batch can end. */
    static boolean commitsTooEarly(ReadModelStore model, Batch batch) {
        boolean applied = model.apply(new Batch(batch.after(), batch.events(), batch.history()));
        batch.beforeCommit().run();
        return applied;
    }

    /** Skips an event on which the projection fails. */
    static boolean skipsPoisonedEvents(ReadModelStore model, Batch batch) {
        try {
            return model.apply(batch);
        } catch (PoisonedEventException e) {
            return skipsPoisonedEvents(
                    model,
                    WrappedReadModel.moving(
                            batch,
                            batch.through(),
                            batch.events().stream()
                                    .filter(event -> event.position() != e.position())
                                    .toList()));
        }
    }

    /** Advances the checkpoint despite a Java error. */
    static boolean advancesDespiteAnError(ReadModelStore model, Batch batch) {
        try {
            return model.apply(batch);
        } catch (StackOverflowError e) {
            model.apply(WrappedReadModel.moving(batch, batch.through(), List.of()));
            throw e;
        }
    }

    /** Advances the checkpoint only to the last event that the projection does not ignore. */
    static boolean checkpointAtLastEvent(ReadModelStore model, Batch batch) {
        long last = batch.events().stream()
                .filter(published ->
                        published.event() instanceof Coin coin && !coin.purse().equals("ignored"))
                .mapToLong(PublishedEvent::position)
                .reduce(batch.after(), Math::max);
        return model.apply(WrappedReadModel.moving(batch, last, batch.events()));
    }

    /** Updates the rows, but not the checkpoint. */
    static boolean checkpointStays(ReadModelStore model, Batch batch) {
        return model.apply(WrappedReadModel.moving(batch, batch.after(), batch.events()));
    }

    /** Moves the checkpoint back to the start of a late batch. */
    static final class CheckpointGoesBack extends WrappedReadModel {

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
        public Generations generations() {
            return afterTakeOver(model, () -> shown.set(model.checkpoint()));
        }
    }

    private static Generations afterTakeOver(ReadModelStore model, Runnable action) {
        return new GenerationFaults.Wrapped(model.generations()) {
            @Override
            public boolean takeOver(int generation, OptionalLong lost) {
                boolean done = sound.takeOver(generation, lost);
                if (done) {
                    action.run();
                }
                return done;
            }
        };
    }

    /** Applies a batch at any checkpoint. */
    static boolean noCompareAndSet(ReadModelStore model, Batch batch) {
        return WrappedReadModel.applyUnchecked(model, batch);
    }

    /** Compares and sets the checkpoint in two steps; two callers are between them at the same time. */
    static final class ComparesThenSets extends WrappedReadModel {

        private final Rendezvous between = new Rendezvous();

        ComparesThenSets(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            if (model.checkpoint() != batch.after()) {
                return false;
            }
            between.arrive();
            return applyUnchecked(model, batch);
        }
    }

    /** Ignores the history of a batch. */
    static final class AppliesAnyHistory extends WrappedTallies {
        AppliesAnyHistory(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return new WrappedReadModel(super.readModel(projection)) {
                @Override
                public boolean apply(Batch batch) {
                    return model.apply(new Batch(batch.after(), batch.events(), history, batch.beforeCommit()));
                }
            };
        }
    }

    /** Rejects a batch of another history, but advances the checkpoint past it. */
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

    /** Keeps the checkpoint in the process and the rows in the store. */
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
            public Generations generations() {
                return afterTakeOver(model, () -> reached = model.checkpoint());
            }

            @Override
            public synchronized boolean apply(Batch batch) {
                boolean mine = batch.after() == reached && applyUnchecked(model, batch);
                reached = mine ? batch.through() : reached;
                return mine;
            }
        }
    }
}

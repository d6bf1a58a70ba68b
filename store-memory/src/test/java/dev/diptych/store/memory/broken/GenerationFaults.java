package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.broken.WrappedTallies.WrappedReadModel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Faults in generations. */
final class GenerationFaults {

    private GenerationFaults() {}

    /** Delegates to the generations of a read model in the memory store. */
    static class Wrapped implements Generations {

        final Generations sound;

        Wrapped(Generations sound) {
            this.sound = sound;
        }

        @Override
        public int version() {
            return sound.version();
        }

        @Override
        public Status status() {
            Status status = sound.status();
            return new Status(status.serving(), status.version(), status.copy().map(this::shown));
        }

        /** Returns the copy as the fault shows it. */
        Copy shown(Copy copy) {
            return new Copy(
                    copy.generation(),
                    copy.version(),
                    copy.position(),
                    copy.age(),
                    copy.comparing(),
                    copy.comparison().map(this::shown));
        }

        /** Returns a comparison as the fault shows it. */
        Comparison shown(Comparison comparison) {
            return comparison;
        }

        @Override
        public void start(boolean comparing) {
            sound.start(comparing);
        }

        @Override
        public boolean takeOver(int generation, OptionalLong lost) {
            return sound.takeOver(generation, lost);
        }

        @Override
        public boolean compare(int generation) {
            return sound.compare(generation);
        }

        @Override
        public void cancel() {
            sound.cancel();
        }

        @Override
        public boolean deleteUnused(int limit) {
            return sound.deleteUnused(limit);
        }
    }

    static UnaryOperator<ReadModelStore> in(UnaryOperator<Generations> fault) {
        return sound -> new WrappedReadModel(sound) {
            @Override
            public Generations generations() {
                return fault.apply(model.generations());
            }
        };
    }

    /** Applies the first batch of a copy to the rows that serve, too, if it ends at their checkpoint. */
    static final class CopyInTheRowsThatServe extends WrappedReadModel {
        CopyInTheRowsThatServe(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch, int generation) {
            boolean applied = model.apply(batch, generation);
            if (applied && batch.after() == 0 && batch.through() == model.checkpoint()) {
                applyUnchecked(model, batch);
            }
            return applied;
        }
    }

    /** Takes over whatever the checkpoints are. */
    static Generations tooEarly(Generations sound, ReadModelStore model) {
        return new Wrapped(sound) {
            @Override
            public boolean takeOver(int generation, OptionalLong lost) {
                return sound.takeOver(generation, OptionalLong.of(model.checkpoint()));
            }
        };
    }

    /** Requires a checkpoint that no copy can reach. */
    static Generations requiresLost(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public boolean takeOver(int generation, OptionalLong lost) {
                return sound.takeOver(generation, OptionalLong.empty());
            }
        };
    }

    static Generations cancelsNothing(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public void cancel() {
                // does nothing
            }
        };
    }

    /** Starts again from the first event. */
    static Generations restarts(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public void start(boolean comparing) {
                sound.cancel();
                sound.start(comparing);
            }
        };
    }

    /** Forgets to take the generation of a cancelled copy into account. */
    static final class ReusesGenerations extends WrappedReadModel {

        private static final int REUSED = 2;

        ReusesGenerations(ReadModelStore model) {
            super(model);
        }

        private int real() {
            return model.generations()
                    .status()
                    .copy()
                    .map(Generations.Copy::generation)
                    .orElse(0);
        }

        @Override
        public boolean apply(Batch batch, int generation) {
            return model.apply(batch, real());
        }

        @Override
        public Generations generations() {
            return new Wrapped(model.generations()) {
                @Override
                public Status status() {
                    Status status = super.status();
                    return new Status(Math.min(REUSED, status.serving()), status.version(), status.copy());
                }

                @Override
                Copy shown(Copy copy) {
                    return new Copy(
                            REUSED, copy.version(), copy.position(), copy.age(), copy.comparing(), copy.comparison());
                }

                @Override
                public boolean takeOver(int generation, OptionalLong lost) {
                    return sound.takeOver(real(), lost);
                }

                @Override
                public boolean compare(int generation) {
                    return sound.compare(real());
                }
            };
        }
    }

    static Generations takesOverWhileComparing(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public boolean takeOver(int generation, OptionalLong lost) {
                if (sound.status().copy().filter(Copy::comparing).isPresent()) {
                    sound.start(false);
                }
                return sound.takeOver(generation, lost);
            }
        };
    }

    /** Reports success without an effect. */
    static Generations takesOverNothing(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public boolean takeOver(int generation, OptionalLong lost) {
                boolean possible = sound.status()
                        .copy()
                        .filter(copy -> copy.generation() == generation && !copy.comparing())
                        .isPresent();
                sound.cancel();
                return possible;
            }
        };
    }

    /** Says that a comparison was made when it was not. */
    static Generations comparesNothing(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public boolean compare(int generation) {
                return sound.compare(generation) || sound.status().copy().isPresent();
            }
        };
    }

    static Generations overlooksDifferentRows(Generations sound) {
        return new Wrapped(sound) {
            @Override
            Comparison shown(Comparison found) {
                return new Comparison(found.position(), found.onlyServing(), found.onlyCopy(), 0, found.examples());
            }
        };
    }

    static Generations showsOneRow(Generations sound) {
        return new Wrapped(sound) {
            @Override
            Comparison shown(Comparison found) {
                return found.examples().size() < EXAMPLES
                        ? found
                        : new Comparison(
                                found.position(),
                                found.onlyServing(),
                                found.onlyCopy(),
                                found.different(),
                                found.examples().subList(0, 1));
            }
        };
    }

    /** Deletes the rows of the copy, too. */
    static Generations deletesTheCopy(Generations sound) {
        return new Wrapped(sound) {
            @Override
            public boolean deleteUnused(int limit) {
                Optional<Copy> copy = sound.status().copy();
                copy.ifPresent(each -> {
                    sound.cancel();
                    sound.start(each.comparing());
                });
                return false;
            }
        };
    }

    /** Takes over in all read models instead of one. */
    static final class TakesOverInAll extends WrappedTallies {

        private final Map<String, ReadModelStore> models = new ConcurrentHashMap<>();

        TakesOverInAll(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            ReadModelStore model = super.readModel(projection);
            models.put(projection.name(), model);
            return in(generations -> new Wrapped(generations) {
                        @Override
                        public boolean takeOver(int generation, OptionalLong lost) {
                            models.values().stream()
                                    .filter(other -> !other.projection().equals(projection.name()))
                                    .forEach(EmptyCopy::serve);
                            return generations.takeOver(generation, lost);
                        }
                    })
                    .apply(model);
        }
    }

    /** Removes the old rows before the copy serves, and lets a reader read in between. */
    static final class EmptiesFirst extends WrappedTallies {

        private final ReadLatch readLatch = new ReadLatch();
        private volatile boolean empty;

        EmptiesFirst(String history) {
            super(history);
        }

        @Override
        ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return in(generations -> new Wrapped(generations) {
                        @Override
                        public boolean takeOver(int generation, OptionalLong lost) {
                            empty = true;
                            readLatch.awaitRead();
                            empty = false;
                            return generations.takeOver(generation, lost);
                        }
                    })
                    .apply(super.readModel(projection));
        }

        @Override
        Map<String, Tally> rows(ReadModelStore readModel) {
            return readLatch.read(() -> empty ? Map.of() : super.rows(readModel));
        }
    }
}

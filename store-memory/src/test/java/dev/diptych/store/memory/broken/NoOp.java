package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.List;

/** Stores that do nothing and say that it is done: almost every test fails, of which these are named. */
@SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
enum NoOp implements Fault {
    EVENT_STORE(
            new Caught(EventStoreRun.class, "versions_are_dense_from_1_in_each_stream", "could not find"),
            new Caught(
                    EventStoreRun.class,
                    "an_append_of_no_events_stores_nothing_and_says_where_the_stream_stands",
                    "could not find"),
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "no_wake_up_is_lost",
                    "events seen by a reader that never looks unasked")) {
        @Override
        public EventStore newStore() {
            return new NoOpEventStore();
        }
    },
    READ_MODEL(new Caught(ReadModelRun.class, "a_batch_moves_rows_and_checkpoint", "was: 0L")) {
        @Override
        public WrappedTallies newTallies(String history) {
            return new CheckpointFaults.Wrapping(history, NoOpReadModel::new);
        }
    };

    private final List<Caught> caught;

    NoOp(Caught... caught) {
        this.caught = List.of(caught);
    }

    @Override
    public List<Caught> caught() {
        return caught;
    }

    @Override
    public Duration patience(String test) {
        return IN_VAIN;
    }

    private static final class NoOpReadModel extends WrappedTallies.WrappedReadModel {
        NoOpReadModel(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            return true;
        }

        @Override
        public void reset() {
            // as little as ever
        }
    }
}

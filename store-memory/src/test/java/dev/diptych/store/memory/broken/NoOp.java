package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.List;

/** Stores that do nothing and report success. Almost every test fails; these are named as examples. */
@SuppressWarnings("ImmutableEnumChecker") // an immutable list
enum NoOp implements Fault {
    EVENT_STORE(
            new Caught("versions_start_at_1_without_gaps_in_each_stream", "could not find"),
            new Caught("an_append_without_events_returns_a_receipt_of_the_last_event", "could not find"),
            new Caught("no_wake_up_is_lost", "events seen by a reader that reads only when woken")) {
        @Override
        public EventStore newStore() {
            return new NoOpEventStore();
        }
    },
    READ_MODEL(new Caught("a_batch_updates_rows_and_checkpoint", "was: 0L")) {
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
        return SHORT_TIMEOUT;
    }

    private static final class NoOpReadModel extends WrappedTallies.WrappedReadModel {
        NoOpReadModel(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            return true;
        }
    }
}

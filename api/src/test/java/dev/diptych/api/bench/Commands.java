package dev.diptych.api.bench;

import dev.diptych.api.bench.Rounds.Result;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.function.IntConsumer;

/** Commands on an aggregate that the node remembers, beside commands on one that it must read first. */
final class Commands {

    private static final int CHUNK = 1_000;

    private final EventCodec codec = StoredEvents.codec();
    private final EventStore store;
    private int next;

    Commands(EventStore store) {
        this.store = store;
    }

    /** Each command adds one event. */
    private static final class Tally extends Aggregate<Long, OrderPaid> {

        Tally(String id) {
            super(id, OrderPaid.class, 0L, (count, event) -> count + 1);
        }

        void add() {
            raise(paid(id()));
        }
    }

    private static OrderPaid paid(String id) {
        return new OrderPaid(id, "c-1", Money.of("15"), Instant.EPOCH);
    }

    private Repository<Long, Tally> repository() {
        return new Repository<>("tally", Tally::new, store, codec);
    }

    /**
     * Compares the second command on an aggregate on this node with the first. Few commands run in a round, and each
     * on the next of several aggregates, so that these hardly grow.
     */
    Result secondBesideFirst(int length, Rounds rounds) throws Exception {
        int aggregates = Math.max(1, 1_000 / length);
        Repository<Long, Tally> remembering = repository();
        for (int i = 0; i < aggregates; i++) {
            String id = length + "-" + i;
            fill(StreamName.of("tally", id), codec.encode(paid(id), Map.of()), length);
            add(remembering, id);
        }
        return rounds.compare(
                () -> rate(id -> add(remembering, length + "-" + id % aggregates)),
                () -> rate(id -> add(repository(), length + "-" + id % aggregates)));
    }

    private double rate(IntConsumer command) {
        int count = 10;
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            command.accept(next++);
        }
        return count * 1e9 / (System.nanoTime() - began);
    }

    private static void add(Repository<Long, Tally> repository, String id) {
        repository.update(id, CommandContext.NONE, Tally::add);
    }

    private void fill(StreamName stream, NewEvent event, int length) {
        EventPage page = store.readStream(stream, 0, 1);
        for (int filled = page.events().size(); filled < length; filled += CHUNK) {
            int chunk = Math.min(CHUNK, length - filled);
            store.append(stream, ExpectedVersion.any(), Collections.nCopies(chunk, event));
        }
    }
}

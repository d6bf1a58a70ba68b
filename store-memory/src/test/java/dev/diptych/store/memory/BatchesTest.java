package dev.diptych.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.AnnouncedReadModel;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How many events a runner applies at once, when there are more than enough. */
class BatchesTest {

    private static final int MANY = 10_000;
    private static final Pace PACE =
            new Pace(5_000, Duration.ofMinutes(5), Duration.ofMillis(5), Duration.ofMillis(50));

    private final MemoryEventStore store = new MemoryEventStore();

    @Test
    void a_batch_may_be_larger_than_what_is_read_at_once() {
        put("{}");
        assertThat(batches()).containsExactly(5_000L, 5_000L);
    }

    @Test
    void a_batch_of_large_events_is_smaller() {
        put("{\"note\":\"" + "x".repeat(4_000) + "\"}");
        assertThat(batches()).containsExactly(4_000L, 4_000L, 2_000L);
    }

    private void put(String metadata) {
        NewEvent coin = Coin.CODEC.encode(new Coin("a", 1), Map.of());
        store.append(
                new StreamName("purse-a"),
                ExpectedVersion.noStream(),
                Collections.nCopies(MANY, new NewEvent(coin.type(), coin.schemaVersion(), coin.payload(), metadata)));
    }

    /** How many events each batch had: in this store the positions of events are dense. */
    private List<Long> batches() {
        List<Long> sizes = new CopyOnWriteArrayList<>();
        ReadModelStore model = new MemoryTallies().readModel(new Tallies());
        var watched = new AnnouncedReadModel(model, () -> sizes.add(model.checkpoint() - sum(sizes)));
        try (var runner = new ProjectionRunner(store, Coin.CODEC, watched, PACE)) {
            runner.start();
            Waiting.until("all are applied", () -> sum(sizes) == MANY);
        }
        return sizes;
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream().mapToLong(size -> size).sum();
    }
}

package dev.diptych.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.NotifyingReadModel;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.broken.WrappedTallies.WrappedReadModel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The batch size of a runner with many events to apply. */
class BatchesTest {

    private static final int MANY = 10_000;
    private static final Pace PACE =
            new Pace(5_000, Duration.ofMinutes(5), Duration.ofMillis(5), Duration.ofMillis(50));

    private final MemoryEventStore store = new MemoryEventStore();

    @Test
    void a_batch_may_be_larger_than_one_page() {
        put("{}");
        assertThat(batches()).containsExactly(5_000L, 5_000L);
    }

    @Test
    void a_batch_of_large_events_has_fewer_events() {
        put("{\"note\":\"" + "x".repeat(4_000) + "\"}");
        assertThat(batches()).containsExactly(4_000L, 4_000L, 2_000L);
    }

    @Test
    void a_batch_that_fails_in_the_store_is_retried_in_smaller_parts() {
        put("{}");
        assertThat(batches(TimesOutOnLargeBatches::new))
                .startsWith(625L)
                .anySatisfy(size ->
                        assertThat(size).as("a batch size that grows again").isBetween(800L, 1_000L))
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(1_000L));
    }

    private void put(String metadata) {
        NewEvent coin = Coin.CODEC.encode(new Coin("a", 1), Map.of());
        store.append(
                new StreamName("purse-a"),
                ExpectedVersion.noStream(),
                Collections.nCopies(MANY, new NewEvent(coin.type(), coin.schemaVersion(), coin.payload(), metadata)));
    }

    private List<Long> batches() {
        return batches(model -> model);
    }

    /** Returns the number of events in each batch: in this store, positions have no gaps. */
    private List<Long> batches(UnaryOperator<ReadModelStore> on) {
        List<Long> sizes = new CopyOnWriteArrayList<>();
        ReadModelStore model = on.apply(new MemoryTallies(store.history()).readModel(new Tallies()));
        var watched = new NotifyingReadModel(model, () -> sizes.add(model.checkpoint() - sum(sizes)));
        try (var runner = new ProjectionRunner(store, Coin.CODEC, watched, PACE)) {
            runner.start();
            Waiting.until("all events are applied", () -> sum(sizes) == MANY);
        }
        return sizes;
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream().mapToLong(size -> size).sum();
    }

    /** A read model in which a batch of more than 1,000 events times out. */
    private static final class TimesOutOnLargeBatches extends WrappedReadModel {

        TimesOutOnLargeBatches(ReadModelStore model) {
            super(model);
        }

        @Override
        public boolean apply(Batch batch) {
            if (batch.events().size() > 1_000) {
                throw new StoreUnavailableException("canceling statement due to statement timeout", false, null);
            }
            return super.apply(batch);
        }
    }
}

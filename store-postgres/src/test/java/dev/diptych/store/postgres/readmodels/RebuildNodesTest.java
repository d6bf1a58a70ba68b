package dev.diptych.store.postgres.readmodels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.LogReader;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rebuilds by several nodes, of one version of the fold or of two. */
class RebuildNodesTest {

    private static final ProjectionRunner.Pace PACE =
            new ProjectionRunner.Pace(2, Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(100));

    private TestDatabase on;
    private PostgresTallies tallies;

    /** A corrected fold: each coin counts twice. */
    private static final class Doubled extends Tallies {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
            Coin coin = published.event();
            return super.evolve(
                    key,
                    row,
                    new PublishedEvent<>(
                            new Coin(coin.purse(), 2 * coin.amount()), published.version(), published.position()));
        }
    }

    /** A read model whose copy is held up before its second batch, as by a suspended process. */
    private record Suspended(ReadModelStore model, CountDownLatch suspended, CountDownLatch continued)
            implements ReadModelStore {
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
        public boolean apply(Batch batch, int generation) {
            if (batch.after() > 0) {
                suspended.countDown();
                await(continued);
            }
            return model.apply(batch, generation);
        }

        @Override
        public Generations generations() {
            return model.generations();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void create() {
        on = TestServer.newest().fresh();
        tallies = new PostgresTallies(on);
    }

    @AfterEach
    void drop() {
        on.close();
    }

    private ProjectionRunner runner(String node, ReadModelStore model) {
        var lease =
                new PostgresLease(on.database(), "tallies", model.generations().version(), node, Duration.ofHours(1));
        var runner = new ProjectionRunner(new LogReader(on.store(), Coin.CODEC), model, PACE, lease);
        runner.start();
        return runner;
    }

    private void put(int amount) {
        on.store()
                .append(
                        new StreamName("purse-a"),
                        ExpectedVersion.any(),
                        List.of(Coin.CODEC.encode(new Coin("a", amount), Map.of())));
    }

    private long sum() {
        Tally row = tallies.rows(tallies.readModel(new Tallies())).get("a");
        return row == null ? 0 : row.sum();
    }

    private void awaitSum(long sum) {
        Waiting.until("the sum is " + sum, () -> sum() == sum);
    }

    @Test
    void another_node_continues_the_copy_of_a_node_that_has_died() {
        for (int i = 0; i < 5; i++) {
            put(1);
        }
        var suspended = new CountDownLatch(1);
        var continued = new CountDownLatch(1);
        ReadModelStore model = tallies.readModel(new Tallies());
        ProjectionRunner one = runner("one", new Suspended(model, suspended, continued));
        try (one) {
            awaitSum(5);
            one.rebuild(false);
            await(suspended);
            Generations.Copy copy = model.generations().status().copy().orElseThrow();
            assertThat(copy.position()).isEqualTo(2);
            try (ProjectionRunner two = runner("two", model)) {
                Waiting.until("the second is on standby", () -> two.state() == State.STANDBY);
                on.execute("UPDATE diptych.leases SET holder = 'two', until = clock_timestamp() + interval '1 hour'");
                Waiting.until(
                        "the copy serves", () -> model.generations().status().serving() == copy.generation());
                continued.countDown(); // the late batch of the first finds no copy
                put(1);
                awaitSum(6);
            }
        } finally {
            continued.countDown();
        }
        assertThat(tallies.rows(model).get("a").coins()).isEqualTo(6);
    }

    @Test
    void nodes_of_two_versions_keep_rows_and_build_a_copy_side_by_side() {
        try (ProjectionRunner old = runner("old", tallies.readModel(new Tallies()))) {
            put(1);
            awaitSum(1);
            try (ProjectionRunner next = runner("next", tallies.readModel(new Doubled()))) {
                Waiting.until("it leaves the rows alone", () -> next.state() == State.OTHER_VERSION);
                put(1);
                awaitSum(2);
                next.rebuild(false);
                awaitSum(4);
                Waiting.until("the old one leaves them alone", () -> old.state() == State.OTHER_VERSION);
                Waiting.until("the next one applies events", () -> next.state() == State.RUNNING);
                put(1);
                awaitSum(6);

                old.rebuild(false); // back
                awaitSum(3);
                Waiting.until("the next one leaves them alone", () -> next.state() == State.OTHER_VERSION);
                put(1);
                awaitSum(4);
            }
        }
    }

    @Test
    void a_read_model_of_another_version_applies_no_batch() {
        ReadModelStore model = tallies.readModel(new Tallies());
        ReadModelStore other = tallies.readModel(new Doubled());
        String history = on.store().history();
        model.apply(new Batch(0, List.of(coin(1)), history));
        assertThat(other.apply(new Batch(1, List.of(coin(2)), history))).isFalse();
        model.generations().start(false);
        int copy = model.generations().status().copy().orElseThrow().generation();
        assertThat(other.apply(new Batch(0, List.of(coin(1)), history), copy)).isFalse();
        other.generations().start(false); // in place of the copy of the first version
        assertThat(model.apply(new Batch(0, List.of(coin(1)), history), copy)).isFalse();
        assertThat(other.generations().status().copy().orElseThrow().version()).isEqualTo(2);
    }

    /** The statement that waits has a snapshot without the last rows of the copy. */
    @Test
    void a_batch_that_waits_for_a_take_over_is_not_applied() throws Exception {
        ReadModelStore model = tallies.readModel(new Tallies());
        String history = on.store().history();
        model.apply(new Batch(0, List.of(coin(1)), history));
        model.generations().start(false);
        int copy = model.generations().status().copy().orElseThrow().generation();
        try (Connection takingOver = on.source().getConnection();
                var statement = takingOver.createStatement()) {
            takingOver.setAutoCommit(false);
            statement.execute("SELECT 1 FROM diptych.checkpoints FOR UPDATE");
            var later = CompletableFuture.supplyAsync(
                    () -> model.apply(new Batch(1, List.of(coin(2)), history)),
                    task -> Thread.ofPlatform().daemon().start(task));
            on.awaitBlocked(1);
            assertThat(model.apply(new Batch(0, List.of(coin(1)), history), copy))
                    .isTrue();
            statement.execute("UPDATE diptych.checkpoints SET generation = " + copy);
            takingOver.commit();
            assertThat(later.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isFalse();
        }
        assertThat(model.apply(new Batch(1, List.of(coin(2)), history))).isTrue();
        assertThat(tallies.rows(model).get("a").sum()).isEqualTo(2);
    }

    @Test
    void two_rebuilds_that_start_at_once_share_one_copy() throws Exception {
        ReadModelStore model = tallies.readModel(new Tallies());
        model.apply(new Batch(0, List.of(coin(1)), on.store().history()));
        try (Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM diptych.checkpoints FOR UPDATE");
            List<CompletableFuture<Void>> starts = Stream.generate(() -> CompletableFuture.runAsync(
                            () -> model.generations().start(false),
                            task -> Thread.ofPlatform().daemon().start(task)))
                    .limit(2)
                    .toList();
            on.awaitBlocked(2);
            other.commit();
            for (CompletableFuture<Void> start : starts) {
                start.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertThat(model.generations().status().copy().orElseThrow().generation())
                .isEqualTo(2);
    }

    private static PublishedEvent<Coin> coin(long position) {
        return new PublishedEvent<>(new Coin("a", 1), 1, position);
    }
}

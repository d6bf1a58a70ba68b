package dev.diptych.store.postgres.readmodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.Lease.Turn;
import dev.diptych.core.projection.LogReader;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of several nodes runs a projection. */
class LeaseTest {

    /** Long enough never to expire by itself. */
    private static final Duration LENGTH = Duration.ofHours(1);

    /** Short enough for the holder to query the database again soon. */
    private static final Duration SHORT = Duration.ofMillis(30);

    private static final ProjectionRunner.Pace PACE =
            new ProjectionRunner.Pace(10, Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(100));

    private TestDatabase on;
    private PostgresTallies tallies;

    @BeforeEach
    void create() {
        on = TestServer.newest().fresh();
        tallies = new PostgresTallies(on);
    }

    @AfterEach
    void drop() {
        on.close();
    }

    private PostgresLease lease(String node) {
        return lease(node, LENGTH);
    }

    private PostgresLease lease(String node, Duration length) {
        return new PostgresLease(on.database(), "tallies", 1, node, length);
    }

    private ProjectionRunner runner(String node) {
        return runner(lease(node));
    }

    private ProjectionRunner runner(Lease lease) {
        return new ProjectionRunner(
                new LogReader(on.store(), Coin.CODEC), tallies.readModel(new Tallies()), PACE, lease);
    }

    /** Makes all leases expire. */
    private void expire() {
        on.execute("UPDATE diptych.leases SET until = now() - interval '1 second'");
    }

    private void put(int amount) {
        on.store()
                .append(
                        new StreamName("purse"),
                        ExpectedVersion.any(),
                        List.of(Coin.CODEC.encode(new Coin("a", amount), Map.of())));
    }

    private void awaitSum(int sum) {
        Waiting.until("the sum is " + sum, () -> {
            var row = tallies.rows(tallies.readModel(new Tallies())).get("a");
            return row != null && row.sum() == sum;
        });
    }

    @Test
    void the_first_node_gets_the_lease() {
        PostgresLease one = lease("one");
        PostgresLease two = lease("two");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        assertThat(two.hold()).isEqualTo(Turn.ELSEWHERE);
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        assertThat(new PostgresLease(on.database(), "other", 1, "two", LENGTH).hold())
                .isEqualTo(Turn.MINE);
    }

    @Test
    void a_lease_expires_unless_it_is_renewed() {
        PostgresLease one = lease("one", SHORT);
        PostgresLease two = lease("two");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        List<String> first = until();
        Waiting.until("the lease is renewed", () -> one.hold() == Turn.MINE && !until().equals(first));

        lease("one").hold(); // with the long duration
        assertThat(two.hold()).isEqualTo(Turn.ELSEWHERE);
        expire();
        assertThat(two.hold()).isEqualTo(Turn.MINE);
        Waiting.until("the holder queries the database again", () -> {
            on.execute("UPDATE diptych.leases SET holder = 'two', until = clock_timestamp() + interval '"
                    + SHORT.toMillis() + " milliseconds'");
            return one.hold() == Turn.ELSEWHERE;
        });
    }

    @Test
    void a_lease_beyond_the_maximum_duration_counts_as_expired() {
        assertThat(lease("gone").hold()).isEqualTo(Turn.MINE);
        on.execute("UPDATE diptych.leases SET until = clock_timestamp() + interval '2 hours'");
        assertThat(lease("two").hold()).isEqualTo(Turn.MINE);
        assertThat(lease("three").hold()).isEqualTo(Turn.ELSEWHERE);
    }

    private List<String> until() {
        return on.query("SELECT until FROM diptych.leases");
    }

    @Test
    void by_default_a_failed_node_is_replaced_within_5_seconds() {
        Duration expiryAndPoll = PostgresLease.DEFAULT_LENGTH.plus(ProjectionRunner.Pace.DEFAULT.poll());
        assertThat(expiryAndPoll).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_lease_can_be_released() {
        PostgresLease one = lease("one");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        lease("two").release(); // does not hold it
        assertThat(lease("two").hold()).isEqualTo(Turn.ELSEWHERE);
        one.release();
        assertThat(lease("two").hold()).isEqualTo(Turn.MINE);
    }

    @Test
    void a_standby_runner_takes_over() {
        try (ProjectionRunner two = runner("two")) {
            try (ProjectionRunner one = runner("one")) {
                one.start();
                put(1);
                awaitSum(1);
                two.start();
                Waiting.until("the second is on standby", () -> two.state() == State.STANDBY);
                assertThat(one.state()).isEqualTo(State.RUNNING);
            }
            put(2);
            awaitSum(3);
            assertThat(two.state()).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void a_node_suspended_past_its_lease_applies_nothing() {
        var model = tallies.readModel(new Tallies());
        put(1);
        List<PublishedEvent<?>> stale = new ArrayList<>(List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)));
        PostgresLease suspended = lease("suspended", SHORT);
        assertThat(suspended.hold()).isEqualTo(Turn.MINE);
        expire();
        try (ProjectionRunner other = runner("other")) {
            other.start();
            awaitSum(1);
            assertThat(model.apply(new Batch(0, stale, on.store().history())))
                    .as("the batch of the suspended node")
                    .isFalse();
            awaitSum(1);
        }
    }

    @Test
    void a_node_suspended_in_a_batch_does_not_block_others() throws Exception {
        put(1);
        assertThat(on.query("SHOW idle_in_transaction_session_timeout")).containsExactly("2s");
        String separator = on.url().contains("?") ? "&" : "?";
        var url = on.url() + separator + "options=-c%20idle_in_transaction_session_timeout=100"; // shorter
        var settings = PostgresPool.Settings.of(url, "", "", "suspended");
        try (var connection = PostgresPool.unpooled(settings).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO diptych.checkpoints (projection, position) VALUES ('tallies', 0)");
            try (ProjectionRunner other = runner("other")) {
                other.start();
                awaitSum(1);
            }
            assertThatThrownBy(connection::commit).hasMessageContaining("terminating connection");
        }
    }

    @Test
    void a_pause_applies_to_all_nodes_and_survives_restarts() {
        PostgresLease one = lease("one", SHORT);
        PostgresLease two = lease("two");
        two.pause(); // before the lease was ever held
        assertThat(one.hold()).isEqualTo(Turn.PAUSED);
        one.resume();
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        two.pause();
        Waiting.until("the holder queries the database again", () -> one.hold() == Turn.PAUSED);
        one.release();
        assertThat(two.hold()).isEqualTo(Turn.PAUSED);
        assertThat(lease("three").hold()).as("after all nodes were restarted").isEqualTo(Turn.PAUSED);
        assertThat(new PostgresLease(on.database(), "other", 1, "two", LENGTH).hold())
                .as("another projection")
                .isEqualTo(Turn.MINE);
    }

    @Test
    void a_pause_takes_effect_immediately_on_its_own_node() {
        PostgresLease one = lease("one");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        one.pause();
        assertThat(one.hold()).isEqualTo(Turn.PAUSED);
        one.resume();
        assertThat(one.hold()).isEqualTo(Turn.MINE);
    }

    @Test
    void pausing_on_one_node_stops_all_and_any_node_resumes() {
        var ones = new CountingLease(lease("one", SHORT));
        var twos = new CountingLease(lease("two", SHORT));
        try (ProjectionRunner one = runner(ones);
                ProjectionRunner two = runner(twos)) {
            one.start();
            put(1);
            awaitSum(1);
            two.start();
            Waiting.until(
                    "one of them is on standby", () -> one.state() == State.STANDBY ^ two.state() == State.STANDBY);
            two.pause();
            assertThat(two.state()).isEqualTo(State.PAUSED);
            Waiting.until("the first is paused", () -> one.state() == State.PAUSED);
            put(2);
            expire();
            ones.awaitFurtherCalls();
            twos.awaitFurtherCalls();
            assertThat(tallies.readModel(new Tallies()).checkpoint()).isEqualTo(1);
            one.resume();
            awaitSum(3);
            Waiting.until("one of them runs it", () -> one.state() == State.RUNNING ^ two.state() == State.RUNNING);
        }
    }

    @Test
    void a_rebuild_requested_on_one_node_is_run_by_the_lease_holder() {
        try (ProjectionRunner one = runner("one");
                ProjectionRunner two = runner("two")) {
            one.start();
            for (int i = 0; i < 50; i++) {
                put(1);
            }
            awaitSum(50);
            two.start();
            Waiting.until("the second is on standby", () -> two.state() == State.STANDBY);
            for (int i = 0; i < 20; i++) {
                put(1);
                two.rebuild(false); // concurrently with batches of the first
            }
            Waiting.until("the last copy serves", () -> {
                Generations.Status status =
                        tallies.readModel(new Tallies()).generations().status();
                return status.serving() > 1 && status.copy().isEmpty();
            });
            awaitSum(70);
            assertThat(tallies.rows(tallies.readModel(new Tallies())).get("a").coins())
                    .as("each coin is counted once")
                    .isEqualTo(70);
        }
    }

    @Test
    void progress_includes_checkpoint_head_age_and_node() {
        var checkpoints = PostgresCheckpoints.ofProjector(on.database(), List.of("tallies", "other"));
        assertThat(checkpoints.progress())
                .isEqualTo(Map.of(
                        "tallies", progress(0, 0, Optional.empty()),
                        "other", progress(0, 0, Optional.empty())));
        put(1);
        Waiting.until("the age of the event increases", () -> {
            Duration behind = checkpoints.progress().get("tallies").behind().orElseThrow();
            return behind.compareTo(Duration.ofMillis(20)) > 0;
        });
        try (ProjectionRunner one = runner("one")) {
            one.start();
            awaitSum(1);
            assertThat(checkpoints.progress().get("tallies")).isEqualTo(progress(1, 1, Optional.of("one")));
            assertThat(checkpoints.progress().get("other").node()).isEmpty();
            one.pause();
            assertThat(checkpoints.progress().get("tallies").node())
                    .as("while it is paused")
                    .isEmpty();
        }
    }

    private static ProjectionProgress progress(long checkpoint, long head, Optional<String> node) {
        return new ProjectionProgress(
                checkpoint,
                OptionalLong.of(head),
                Optional.of(Duration.ZERO),
                node,
                Optional.empty(),
                checkpoint == 0 ? Optional.empty() : Optional.of(new Generations.Status(1, 1, Optional.empty())));
    }

    @Test
    void a_clock_set_back_does_not_make_the_age_negative() {
        var checkpoints = PostgresCheckpoints.ofProjector(on.database(), List.of("tallies"));
        on.execute(
                "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata,"
                        + " recorded_at) VALUES (nextval('diptych.event_position'), 's', 1, 'coin', 1, '{}', '{}',"
                        + " now() + interval '1 hour')");
        assertThat(checkpoints.progress().get("tallies")).isEqualTo(progress(0, 1, Optional.empty()));
    }

    @Test
    void a_reader_sees_checkpoints_without_age_and_node() {
        var checkpoints = PostgresCheckpoints.ofReader(on.database(), List.of("tallies", "other"));
        put(1);
        try (ProjectionRunner one = runner("one")) {
            one.start();
            awaitSum(1);
            assertThat(checkpoints.progress())
                    .isEqualTo(Map.of(
                            "tallies", ProjectionProgress.ofReader(1, OptionalLong.of(1)),
                            "other", ProjectionProgress.ofReader(0, OptionalLong.of(1))));
        }
    }

    /** Counts calls of {@link Lease#hold}. */
    private record CountingLease(PostgresLease lease, AtomicInteger calls) implements Lease {

        CountingLease(PostgresLease lease) {
            this(lease, new AtomicInteger());
        }

        /** Awaits several calls, because a batch may still be running after the first. */
        void awaitFurtherCalls() {
            int enough = calls.get() + 3;
            Waiting.until("the runner has called hold() again", () -> calls.get() >= enough);
        }

        @Override
        public Turn hold() {
            calls.incrementAndGet();
            return lease.hold();
        }

        @Override
        public void release() {
            lease.release();
        }

        @Override
        public void pause() {
            lease.pause();
        }

        @Override
        public void resume() {
            lease.resume();
        }
    }
}

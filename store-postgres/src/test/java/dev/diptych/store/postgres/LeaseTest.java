package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.Lease.Turn;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.query.ProjectionProgress;
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

/** Of several nodes, one runs a projection. */
class LeaseTest {

    /** So long that none runs out, however busy the machine is, unless the test makes it run out. */
    private static final Duration LENGTH = Duration.ofHours(1);

    /** So short that its holder soon asks the database again. */
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
        return new PostgresLease(on.database(), "tallies", node, length);
    }

    private ProjectionRunner runner(String node) {
        return runner(lease(node));
    }

    private ProjectionRunner runner(Lease lease) {
        return new ProjectionRunner(on.store(), Coin.CODEC, tallies.readModel(new Tallies()), PACE, lease);
    }

    /** As it would in a while. */
    private void runOut() {
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
    void the_first_who_asks_has_it_and_the_others_do_not() {
        PostgresLease one = lease("one");
        PostgresLease two = lease("two");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        assertThat(two.hold()).isEqualTo(Turn.ELSEWHERE);
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        assertThat(new PostgresLease(on.database(), "other", "two", LENGTH).hold())
                .isEqualTo(Turn.MINE);
    }

    @Test
    void whoever_goes_on_asking_keeps_it_and_whoever_does_not_loses_it() {
        PostgresLease one = lease("one", SHORT);
        PostgresLease two = lease("two");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        List<String> first = until();
        Waiting.until("it is renewed", () -> one.hold() == Turn.MINE && !until().equals(first));

        lease("one").hold(); // for long
        assertThat(two.hold()).isEqualTo(Turn.ELSEWHERE);
        runOut();
        assertThat(two.hold()).isEqualTo(Turn.MINE);
        Waiting.until("its holder asks again", () -> {
            on.execute("UPDATE diptych.leases SET holder = 'two', until = clock_timestamp() + interval '"
                    + SHORT.toMillis() + " milliseconds'");
            return one.hold() == Turn.ELSEWHERE;
        });
    }

    @Test
    void one_that_would_last_longer_than_a_lease_can_counts_as_expired() {
        assertThat(lease("gone").hold()).isEqualTo(Turn.MINE);
        on.execute("UPDATE diptych.leases SET until = clock_timestamp() + interval '2 hours'");
        assertThat(lease("two").hold()).isEqualTo(Turn.MINE);
        assertThat(lease("three").hold()).isEqualTo(Turn.ELSEWHERE);
    }

    private List<String> until() {
        return on.query("SELECT until FROM diptych.leases");
    }

    @Test
    void by_default_a_node_that_dies_is_replaced_within_the_5_seconds_that_are_promised() {
        Duration untilItHasRunOutAndSomebodyLooks =
                PostgresLease.DEFAULT_LENGTH.plus(ProjectionRunner.Pace.DEFAULT.poll());
        assertThat(untilItHasRunOutAndSomebodyLooks).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void it_can_be_given_back() {
        PostgresLease one = lease("one");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        lease("two").release(); // which never had it
        assertThat(lease("two").hold()).isEqualTo(Turn.ELSEWHERE);
        one.release();
        assertThat(lease("two").hold()).isEqualTo(Turn.MINE);
    }

    @Test
    void one_runner_works_the_other_stands_by_and_takes_over() {
        try (ProjectionRunner two = runner("two")) {
            try (ProjectionRunner one = runner("one")) {
                one.start();
                put(1);
                awaitSum(1);
                two.start();
                Waiting.until("the second stands by", () -> two.state() == State.STANDBY);
                assertThat(one.state()).isEqualTo(State.RUNNING);
            }
            put(2);
            awaitSum(3);
            assertThat(two.state()).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void a_node_that_slept_past_its_lease_applies_nothing() {
        var model = tallies.readModel(new Tallies());
        put(1);
        List<PublishedEvent<?>> stale = new ArrayList<>(List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)));
        PostgresLease sleeper = lease("sleeper", SHORT);
        assertThat(sleeper.hold()).isEqualTo(Turn.MINE);
        runOut();
        try (ProjectionRunner other = runner("other")) {
            other.start();
            awaitSum(1);
            assertThat(model.apply(new Batch(0, stale, on.store().history())))
                    .as("the sleeper's batch")
                    .isFalse();
            awaitSum(1);
        }
    }

    @Test
    void a_node_that_sleeps_in_the_middle_of_a_batch_does_not_hold_up_the_others() throws Exception {
        put(1);
        assertThat(on.query("SHOW idle_in_transaction_session_timeout")).containsExactly("2s");
        String separator = on.url().contains("?") ? "&" : "?";
        var url = on.url() + separator + "options=-c%20idle_in_transaction_session_timeout=100"; // the same, sooner
        var settings = PostgresPool.Settings.of(url, "", "", "sleeper");
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
    void a_pause_holds_for_every_node_from_whichever_it_came_and_outlives_it() {
        PostgresLease one = lease("one", SHORT);
        PostgresLease two = lease("two");
        two.pause(); // before anybody ever held it
        assertThat(one.hold()).isEqualTo(Turn.PAUSED);
        one.resume();
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        two.pause();
        Waiting.until("its holder asks again", () -> one.hold() == Turn.PAUSED);
        one.release();
        assertThat(two.hold()).isEqualTo(Turn.PAUSED);
        assertThat(lease("three").hold())
                .as("after all nodes were started anew")
                .isEqualTo(Turn.PAUSED);
        assertThat(new PostgresLease(on.database(), "other", "two", LENGTH).hold())
                .as("another projection")
                .isEqualTo(Turn.MINE);
    }

    @Test
    void who_pauses_or_resumes_sees_it_at_once() {
        PostgresLease one = lease("one");
        assertThat(one.hold()).isEqualTo(Turn.MINE);
        one.pause();
        assertThat(one.hold()).isEqualTo(Turn.PAUSED);
        one.resume();
        assertThat(one.hold()).isEqualTo(Turn.MINE);
    }

    @Test
    void a_projection_that_is_paused_on_one_node_stops_on_all_and_goes_on_when_any_resumes_it() {
        var ones = new CountedLease(lease("one", SHORT));
        var twos = new CountedLease(lease("two", SHORT));
        try (ProjectionRunner one = runner(ones);
                ProjectionRunner two = runner(twos)) {
            one.start();
            put(1);
            awaitSum(1);
            two.start();
            Waiting.until("one of them stands by", () -> one.state() == State.STANDBY ^ two.state() == State.STANDBY);
            two.pause();
            assertThat(two.state()).isEqualTo(State.PAUSED);
            Waiting.until("the first has heard of it", () -> one.state() == State.PAUSED);
            put(2);
            runOut();
            ones.awaitAskedAgain();
            twos.awaitAskedAgain();
            assertThat(tallies.readModel(new Tallies()).checkpoint()).isEqualTo(1);
            one.resume();
            awaitSum(3);
            Waiting.until("one of them runs it", () -> one.state() == State.RUNNING ^ two.state() == State.RUNNING);
        }
    }

    @Test
    void a_projection_that_is_rebuilt_from_one_node_is_built_again_by_the_one_that_runs_it() {
        try (ProjectionRunner one = runner("one");
                ProjectionRunner two = runner("two")) {
            one.start();
            for (int i = 0; i < 50; i++) {
                put(1);
            }
            awaitSum(50);
            two.start();
            Waiting.until("the second stands by", () -> two.state() == State.STANDBY);
            for (int i = 0; i < 20; i++) {
                put(1);
                two.rebuild(); // in the middle of whatever the first is doing
            }
            awaitSum(70);
            assertThat(tallies.rows(tallies.readModel(new Tallies())).get("a").coins())
                    .as("each coin is counted once")
                    .isEqualTo(70);
        }
    }

    @Test
    void progress_says_how_far_each_projection_is_and_which_node_runs_it() {
        var checkpoints = PostgresCheckpoints.ofProjector(on.database(), List.of("tallies", "other"));
        assertThat(checkpoints.progress())
                .isEqualTo(Map.of(
                        "tallies", progress(0, 0, Optional.empty()),
                        "other", progress(0, 0, Optional.empty())));
        put(1);
        Waiting.until("what is not applied grows older", () -> {
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
        return new ProjectionProgress(checkpoint, OptionalLong.of(head), Optional.of(Duration.ZERO), node);
    }

    @Test
    void a_clock_that_was_put_back_makes_no_projection_less_than_0_behind() {
        var checkpoints = PostgresCheckpoints.ofProjector(on.database(), List.of("tallies"));
        on.execute(
                "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata,"
                        + " recorded_at) VALUES (nextval('diptych.event_position'), 's', 1, 'coin', 1, '{}', '{}',"
                        + " now() + interval '1 hour')");
        assertThat(checkpoints.progress().get("tallies")).isEqualTo(progress(0, 1, Optional.empty()));
    }

    @Test
    void a_reader_is_told_of_checkpoints_only_and_of_projections_that_have_not_begun() {
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

    /** A lease that counts how often its runner has asked. */
    private record CountedLease(PostgresLease lease, AtomicInteger asked) implements Lease {

        CountedLease(PostgresLease lease) {
            this(lease, new AtomicInteger());
        }

        /** More than once, since the turn that follows the first answer may have to end. */
        void awaitAskedAgain() {
            int enough = asked.get() + 3;
            Waiting.until("the runner has asked again", () -> asked.get() >= enough);
        }

        @Override
        public Turn hold() {
            asked.incrementAndGet();
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

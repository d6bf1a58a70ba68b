package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionStatus.State;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of several nodes, one runs a projection. */
class LeaseTest {

    private static final Duration LENGTH = Duration.ofMillis(600);
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
        return new PostgresLease(on.database(), "tallies", node, LENGTH);
    }

    private ProjectionRunner runner(String node) {
        return new ProjectionRunner(on.store(), Coin.CODEC, tallies.readModel(new Tallies()), PACE, lease(node));
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
        assertThat(one.hold()).isTrue();
        assertThat(two.hold()).isFalse();
        assertThat(one.hold()).isTrue();
        assertThat(new PostgresLease(on.database(), "other", "two", LENGTH).hold())
                .isTrue();
    }

    @Test
    void whoever_goes_on_asking_keeps_it_and_whoever_does_not_loses_it() {
        PostgresLease one = lease("one");
        PostgresLease two = lease("two");
        assertThat(one.hold()).isTrue();
        long end = System.nanoTime() + 2 * LENGTH.toNanos();
        while (System.nanoTime() < end) {
            assertThat(one.hold()).isTrue();
            assertThat(two.hold()).isFalse();
        }
        Waiting.until("it has run out", two::hold);
        assertThat(one.hold()).isFalse();
    }

    @Test
    void it_can_be_given_back() {
        PostgresLease one = lease("one");
        assertThat(one.hold()).isTrue();
        lease("two").release(); // which never had it
        assertThat(lease("two").hold()).isFalse();
        one.release();
        assertThat(lease("two").hold()).isTrue();
    }

    @Test
    void one_runner_works_the_other_stands_by_and_takes_over() {
        try (ProjectionRunner two = runner("two")) {
            try (ProjectionRunner one = runner("one")) {
                one.start();
                put(1);
                awaitSum(1);
                two.start();
                Waiting.until("the second stands by", () -> two.status().state() == State.STANDBY);
                assertThat(one.status().state()).isEqualTo(State.RUNNING);
            }
            put(2);
            awaitSum(3);
            assertThat(two.status().state()).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void a_node_that_slept_past_its_lease_applies_nothing() {
        var model = tallies.readModel(new Tallies());
        put(1);
        List<PublishedEvent<?>> stale = new ArrayList<>(List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)));
        PostgresLease sleeper = lease("sleeper");
        assertThat(sleeper.hold()).isTrue();
        try (ProjectionRunner other = runner("other")) {
            other.start();
            awaitSum(1); // after the lease has run out
            assertThat(model.apply(new Batch(0, 1, stale)))
                    .as("the sleeper's batch")
                    .isFalse();
            assertThat(sleeper.hold()).isFalse();
            awaitSum(1);
        }
    }

    @Test
    void a_node_that_sleeps_in_the_middle_of_a_batch_does_not_hold_up_the_others() throws Exception {
        put(1);
        var settings = PostgresPool.Settings.of(on.url(), "", "", "sleeper");
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
}

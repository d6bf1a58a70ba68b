package dev.diptych.store.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.projection.Lease.Turn;
import dev.diptych.core.query.Checkpoints.Replica;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.readmodels.PostgresCheckpoints;
import dev.diptych.store.postgres.readmodels.PostgresLease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a standby knows about its lag. Times are set back in the tables, so that nothing waits for them to pass. */
@Tag("full")
class ReplicaTest {

    private static final String DATABASE = "postgres";
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private PostgresServer primary;
    private Standby standby;
    private PostgresPool onPrimary;
    private PostgresPool onStandby;
    private PostgresLease lease;

    @BeforeEach
    void replicate(@TempDir Path directory) {
        primary = PostgresServer.create(directory.resolve("a"));
        new TestServer(primary.url(DATABASE), List.of("events", "contract"), DATABASE);
        standby = Backup.of(primary, directory.resolve("b")).standby();
        onPrimary = pool(primary);
        onStandby = pool(standby.server());
        lease = new PostgresLease(
                Database.ofProjector(onPrimary.pooled()), "tallies", 1, "node", PostgresLease.DEFAULT_LENGTH);
        primary.execute(
                DATABASE,
                "INSERT INTO diptych.checkpoints (projection, position, moved_at)"
                        + " VALUES ('tallies', 0, now() - interval '1 hour')");
    }

    private static PostgresPool pool(PostgresServer server) {
        return new PostgresPool(Settings.of(server.url(DATABASE), "", "", "node"));
    }

    @AfterEach
    void end() {
        onStandby.close();
        onPrimary.close();
        standby.close();
        primary.close();
    }

    private Replica replica() {
        standby.awaitCaughtUp(primary);
        return replica(onStandby).orElseThrow();
    }

    private static Optional<Replica> replica(PostgresPool pool) {
        return PostgresCheckpoints.ofReader(Database.ofReader(pool.pooled()), List.of("tallies"))
                .replica();
    }

    @Test
    void an_idle_primary_is_told_from_a_frozen_replica() {
        assertThat(lease.hold()).isEqualTo(Turn.MINE);
        assertThat(replica().lag().orElseThrow())
                .as("the lag behind a primary that has been idle for an hour")
                .isLessThan(HALF_AN_HOUR);
        primary.execute(DATABASE, "UPDATE diptych.leases SET until = until - interval '1 hour'");
        assertThat(replica().lag().orElseThrow())
                .as("the lag when no lease has been renewed for an hour")
                .isGreaterThan(HALF_AN_HOUR);
    }

    @Test
    void the_lag_is_unknown_when_no_lease_is_to_be_renewed() {
        assertThat(replica().lag()).as("before the first").isEmpty();
        lease.hold();
        assertThat(replica().lag()).isPresent();
        lease.pause();
        assertThat(replica().lag()).as("while it is paused").isEmpty();
        lease.resume();
        lease.hold();
        lease.release();
        assertThat(replica().lag()).as("when it is released").isEmpty();
    }

    @Test
    void the_lease_of_an_automation_counts_unless_its_list_is_paused() {
        var automation = PostgresLease.ofAutomation(
                Database.ofWriter(onPrimary.pooled()), "tallies", 1, "node", PostgresLease.DEFAULT_LENGTH);
        assertThat(automation.hold()).isEqualTo(Turn.MINE);
        assertThat(replica().lag()).isPresent();
        lease.pause();
        assertThat(replica().lag()).as("while its list is paused").isEmpty();
    }

    @Test
    void it_shows_the_last_event_that_it_has_replayed_and_a_primary_is_none() {
        assertThat(replica().head()).isZero();
        primary.execute(
                DATABASE,
                "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)"
                        + " VALUES (nextval('diptych.event_position'), 's', 1, 'lit', 1, '{}', '{}')");
        assertThat(replica().head()).isEqualTo(1);
        assertThat(replica(onPrimary)).isEmpty();
    }
}

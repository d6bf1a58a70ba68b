package dev.diptych.store.postgres.faults;

import dev.diptych.core.contract.Waiting;
import java.util.List;

/**
 * A hot standby that is connected to its primary through a relay.
 *
 * @param server the standby, which can be promoted
 * @param replication the relay to the primary
 */
public record Standby(PostgresServer server, Relay replication) implements AutoCloseable {

    /** Stops replication: later commits of the primary are lost if this standby is promoted. */
    public void cutReplication() {
        replication.cut();
    }

    /** Ends {@link #cutReplication}. */
    public void restoreReplication() {
        replication.mend();
    }

    /** Pauses replay: changes are received but not visible. */
    public void pauseReplay() {
        server.execute("postgres", "SELECT pg_wal_replay_pause()");
        Waiting.until(
                "replay is paused",
                () -> server.query("postgres", "SELECT pg_get_wal_replay_pause_state()")
                        .equals(List.of("paused")));
    }

    /** Ends {@link #pauseReplay}. */
    public void resumeReplay() {
        server.execute("postgres", "SELECT pg_wal_replay_resume()");
    }

    /** Waits until all changes that the primary has written so far are visible. */
    public void awaitCaughtUp(PostgresServer primary) {
        String written =
                primary.query("postgres", "SELECT pg_current_wal_lsn()").getFirst();
        Waiting.until(
                "the standby has replayed " + written,
                () -> server.query("postgres", "SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals(List.of("t")));
    }

    /** Waits until this standby has received all changes that another one has. */
    public void awaitReceived(Standby other) {
        String received = other.server
                .query("postgres", "SELECT pg_last_wal_receive_lsn()")
                .getFirst();
        Waiting.until(
                "the standby has received " + received,
                () -> server.query("postgres", "SELECT pg_last_wal_receive_lsn() >= '" + received + "'")
                        .equals(List.of("t")));
    }

    @Override
    public void close() {
        try (replication) {
            server.close();
        }
    }
}

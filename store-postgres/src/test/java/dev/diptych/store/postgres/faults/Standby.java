package dev.diptych.store.postgres.faults;

import dev.diptych.core.contract.Waiting;
import java.util.List;

/**
 * A hot standby that follows a primary over a relay: replication can be cut, and replay be paused.
 *
 * @param server the standby, which can be promoted
 * @param replication the way to the primary
 */
public record Standby(PostgresServer server, Relay replication) implements AutoCloseable {

    /** Receives nothing from now on: what the primary commits later is lost when this standby is promoted. */
    public void cutReplication() {
        replication.cut();
    }

    /** Ends {@link #cutReplication}. */
    public void restoreReplication() {
        replication.mend();
    }

    /** Receives, and shows nothing new. */
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

    /** Waits until it shows everything that the primary has written so far. */
    public void awaitCaughtUp(PostgresServer primary) {
        String written =
                primary.query("postgres", "SELECT pg_current_wal_lsn()").getFirst();
        Waiting.until(
                "the standby has replayed " + written,
                () -> server.query("postgres", "SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals(List.of("t")));
    }

    @Override
    public void close() {
        try (replication) {
            server.close();
        }
    }
}

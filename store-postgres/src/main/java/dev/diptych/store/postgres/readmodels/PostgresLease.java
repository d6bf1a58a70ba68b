package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.projection.Lease;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import java.time.Duration;

/**
 * A lease stored as a row with an expiry time, by the database's clock. It expires unless it is renewed. A session's
 * advisory lock is not suitable: a pooler may give the session to another client, and a suspended process would keep
 * the lock. The row also stores a pause, which applies to all nodes and survives restarts.
 *
 * <p>Used by one runner, which makes one call at a time.
 */
public final class PostgresLease implements Lease {

    /** The duration of a lease that is not renewed. */
    public static final Duration DEFAULT_LENGTH = Duration.ofSeconds(3);

    private static final String HOLD = Sql.of(PostgresLease.class, "hold-lease.sql");
    private static final String RELEASE = Sql.of(PostgresLease.class, "release-lease.sql");
    private static final String PAUSE = Sql.of(PostgresLease.class, "pause-lease.sql");

    private final Database projector;
    private final String projection;
    private final int version;
    private final String node;
    private final Duration length;

    private boolean held;
    private long renewedAt;

    /**
     * Creates the lease of a projection on one node.
     *
     * @param projector has the privileges to write leases
     * @param version the version of the projection's fold; nodes of other versions have a lease of their own
     * @param node unique among all processes
     * @param length the duration of a lease that is not renewed; {@link #hold} renews it after a third of that
     */
    public PostgresLease(Database projector, String projection, int version, String node, Duration length) {
        this.projector = projector;
        this.projection = projection;
        this.version = version;
        this.node = node;
        this.length = length;
    }

    @Override
    public Turn hold() {
        long now = System.nanoTime();
        if (held && now - renewedAt < length.toNanos() / 3) {
            return Turn.MINE;
        }
        held = false; // also if the statement fails
        Turn turn = projector
                .find(
                        HOLD,
                        statement -> {
                            statement.setString(1, projection);
                            statement.setInt(2, version);
                            statement.setString(3, node);
                            statement.setLong(4, length.toMillis());
                        },
                        row -> Turn.valueOf(row.getString("turn")))
                .orElseThrow();
        held = turn == Turn.MINE;
        renewedAt = now;
        return turn;
    }

    @Override
    public void release() {
        if (held) {
            held = false;
            projector.run(connection -> Database.change(connection, RELEASE, statement -> {
                statement.setString(1, projection);
                statement.setInt(2, version);
                statement.setString(3, node);
            }));
        }
    }

    @Override
    public void pause() {
        setPaused(true);
    }

    @Override
    public void resume() {
        setPaused(false);
    }

    private void setPaused(boolean paused) {
        held = false; // the next hold() asks the database
        projector.run(connection -> Database.change(connection, PAUSE, statement -> {
            statement.setString(1, projection);
            statement.setInt(2, version);
            statement.setBoolean(3, paused);
        }));
    }
}

package dev.diptych.store.postgres;

import dev.diptych.core.projection.Lease;
import java.time.Duration;

/**
 * A lease that is a row with a time on it, by the database's clock: a node that does not renew it in time has lost it. A
 * session's advisory lock would be simpler, and wrong: a pooler may lend the session to somebody else, and a process that
 * sleeps would keep it. A pause is a mark on the same row, so that it holds for all nodes and outlives them.
 *
 * <p>Used by one runner, which makes one call at a time.
 */
public final class PostgresLease implements Lease {

    /** How long a lease lasts. */
    public static final Duration DEFAULT_LENGTH = Duration.ofSeconds(3);

    private static final String HOLD = Sql.of(PostgresLease.class, "hold-lease.sql");
    private static final String RELEASE = Sql.of(PostgresLease.class, "release-lease.sql");
    private static final String PAUSE = Sql.of(PostgresLease.class, "pause-lease.sql");

    private final Database projector;
    private final String projection;
    private final String node;
    private final Duration length;

    private boolean held;
    private long askedAt;

    /**
     * The lease of a projection.
     *
     * @param projector with the rights to write leases
     * @param node what tells this process from all others
     * @param length how long the lease lasts if it is not renewed; it is renewed after a third of that
     */
    public PostgresLease(Database projector, String projection, String node, Duration length) {
        this.projector = projector;
        this.projection = projection;
        this.node = node;
        this.length = length;
    }

    @Override
    public Turn hold() {
        long now = System.nanoTime();
        if (held && now - askedAt < length.toNanos() / 3) {
            return Turn.MINE;
        }
        held = false; // unless the database says so
        Turn turn = projector
                .find(
                        HOLD,
                        statement -> {
                            statement.setString(1, projection);
                            statement.setString(2, node);
                            statement.setLong(3, length.toMillis());
                        },
                        row -> Turn.valueOf(row.getString("turn")))
                .orElseThrow();
        held = turn == Turn.MINE;
        askedAt = now;
        return turn;
    }

    @Override
    public void release() {
        if (held) {
            held = false;
            projector.run(connection -> Database.change(connection, RELEASE, statement -> {
                statement.setString(1, projection);
                statement.setString(2, node);
            }));
        }
    }

    @Override
    public void pause() {
        mark(true);
    }

    @Override
    public void resume() {
        mark(false);
    }

    private void mark(boolean paused) {
        held = false; // the next hold() asks the database
        projector.run(connection -> Database.change(connection, PAUSE, statement -> {
            statement.setString(1, projection);
            statement.setBoolean(2, paused);
        }));
    }
}

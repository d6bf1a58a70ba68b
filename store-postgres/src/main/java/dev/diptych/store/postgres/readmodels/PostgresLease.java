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
    private static final String HOLD_AUTOMATION = Sql.of(PostgresLease.class, "hold-automation-lease.sql");
    private static final String RELEASE_AUTOMATION = Sql.of(PostgresLease.class, "release-automation-lease.sql");

    private final Database database;
    private final boolean ofAutomation;
    private final String name;
    private final int version;
    private final String node;
    private final Duration length;

    private boolean held;
    private long renewedAt;

    private PostgresLease(
            Database database, boolean ofAutomation, String name, int version, String node, Duration length) {
        this.database = database;
        this.ofAutomation = ofAutomation;
        this.name = name;
        this.version = version;
        this.node = node;
        this.length = length;
    }

    /**
     * Creates the lease of a projection on one node.
     *
     * @param projector has the privileges to write leases
     * @param version the version of the projection's fold; nodes of other versions have a lease of their own
     * @param node unique among all processes
     * @param length the duration of a lease that is not renewed; {@link #hold} renews it after a third of that
     */
    public PostgresLease(Database projector, String projection, int version, String node, Duration length) {
        this(projector, false, projection, version, node, length);
    }

    /**
     * Creates the lease of an automation on one node, which is paused together with its list, and not by this object.
     *
     * @param writer has the privileges to take the leases of automations, and no others
     */
    public static PostgresLease ofAutomation(
            Database writer, String automation, int version, String node, Duration length) {
        return new PostgresLease(writer, true, automation, version, node, length);
    }

    @Override
    public Turn hold() {
        long now = System.nanoTime();
        if (held && now - renewedAt < length.toNanos() / 3) {
            return Turn.MINE;
        }
        held = false; // also if the statement fails
        Turn turn = database.find(
                        ofAutomation ? HOLD_AUTOMATION : HOLD,
                        statement -> {
                            statement.setInt(1, version);
                            statement.setString(2, node);
                            statement.setLong(3, length.toMillis());
                            statement.setString(4, name);
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
            Database.Binder which = statement -> {
                statement.setString(1, name);
                statement.setInt(2, version);
                statement.setString(3, node);
            };
            if (ofAutomation) {
                database.list(RELEASE_AUTOMATION, which, row -> node);
            } else {
                database.run(connection -> Database.change(connection, RELEASE, which));
            }
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
        if (ofAutomation) {
            throw new UnsupportedOperationException("The automation " + name + " is paused with its list");
        }
        held = false; // the next hold() asks the database
        database.run(connection -> Database.change(connection, PAUSE, statement -> {
            statement.setString(1, name);
            statement.setInt(2, version);
            statement.setBoolean(3, paused);
        }));
    }
}

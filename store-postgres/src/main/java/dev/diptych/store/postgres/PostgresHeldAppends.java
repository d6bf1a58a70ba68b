package dev.diptych.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Opens appends that are never committed, to show what an open append does to readers. Each is a transaction of a
 * connection of its own that has registered and drawn a position. Thread-safe.
 */
public final class PostgresHeldAppends {

    private static final System.Logger LOG = System.getLogger(PostgresHeldAppends.class.getName());
    private static final String HELD_APPEND = Sql.of(PostgresHeldAppends.class, "held-append.sql");

    /** The time after which the server ends an append that this process has not ended in time. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DataSource writer;
    private final PostgresWakeUps wakeUps;

    /**
     * Creates an instance without open appends.
     *
     * @param writer supplies dedicated connections with the privileges of a writer
     * @param wakeUps notified when an append has ended, so that readers read on
     */
    public PostgresHeldAppends(DataSource writer, PostgresWakeUps wakeUps) {
        this.writer = writer;
        this.wakeUps = wakeUps;
    }

    /**
     * Opens an append.
     *
     * @param atMost the time after which the server ends it, about 5 seconds later
     * @return rolls it back; does not throw
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database is unavailable
     */
    public Runnable open(Duration atMost) {
        var connection = new DedicatedConnection(writer, opened -> begin(opened, atMost.plus(GRACE)));
        connection.run(opened -> {});
        return () -> end(connection);
    }

    private static void begin(Connection connection, Duration atMost) throws SQLException {
        connection.setAutoCommit(false);
        Database.list(
                connection,
                HELD_APPEND,
                statement -> statement.setString(1, String.valueOf(atMost.toMillis())),
                row -> row.getString(1));
    }

    /** Waits until the server has rolled back, so that readers who are woken find the horizon moved. */
    private void end(DedicatedConnection connection) {
        try {
            connection.run(Connection::rollback);
        } catch (RuntimeException e) { // the server has ended the transaction, with its connection
            LOG.log(System.Logger.Level.DEBUG, "A held append was not rolled back by this process", e);
        }
        connection.close();
        wakeUps.appended();
    }
}

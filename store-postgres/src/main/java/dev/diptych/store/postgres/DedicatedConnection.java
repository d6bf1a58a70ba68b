package dev.diptych.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection outside any pool, opened by its first use. A failure closes it, and the next use opens another. Used by
 * one thread, except for {@link #abort}.
 */
final class DedicatedConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DedicatedConnection.class.getName());

    private final DataSource source;
    private final Work onOpen;
    private volatile @Nullable Connection connection;

    /** Work on the connection. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    /**
     * Creates a connection that is not open yet.
     *
     * @param onOpen runs first on each connection that is opened
     */
    DedicatedConnection(DataSource source, Work onOpen) {
        this.source = source;
        this.onOpen = onOpen;
    }

    /** Works on the connection, and closes it on failure. */
    void run(Work work) {
        try {
            work.on(opened());
        } catch (SQLException e) {
            close();
            throw SqlFailure.of(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Connection opened() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = source.getConnection();
            connection = current;
            onOpen.on(current);
        }
        return current;
    }

    /** Makes the current use of the connection fail; called by another thread. */
    void abort() {
        end(current -> current.abort(Runnable::run));
    }

    @Override
    public void close() {
        end(Connection::close);
        connection = null;
    }

    private void end(Work how) {
        Connection current = connection;
        try {
            if (current != null) {
                how.on(current);
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection was not closed cleanly", e);
        }
    }
}

package dev.diptych.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is opened by its first work and kept, until some work fails; the next work opens another. Used by
 * one thread, except for {@link #abort}.
 */
final class KeptConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KeptConnection.class.getName());

    private final DataSource source;
    private final Work whenOpened;
    private volatile @Nullable Connection connection;

    /** What is done with the connection. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    /**
     * A connection that is not open yet.
     *
     * @param whenOpened done first on each connection that is opened
     */
    KeptConnection(DataSource source, Work whenOpened) {
        this.source = source;
        this.whenOpened = whenOpened;
    }

    /** Works on the connection; closes it when that fails. */
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
        Connection present = connection;
        if (present == null) {
            present = source.getConnection();
            connection = present;
            whenOpened.on(present);
        }
        return present;
    }

    /** Ends the work on the connection, whichever thread is at it: it fails. */
    void abort() {
        end(present -> present.abort(Runnable::run));
    }

    @Override
    public void close() {
        end(Connection::close);
        connection = null;
    }

    private void end(Work how) {
        Connection present = connection;
        try {
            if (present != null) {
                how.on(present);
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection did not end in an orderly way", e);
        }
    }
}

package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.jdbc.PgConnection;

/**
 * Access to the database with the privileges of one role. Translates every {@link SQLException}. Thread-safe.
 *
 * <p>A connection of a writer or projector enters the current history before its first use and stays in it: the
 * timeline of a server that accepts writes cannot change while a connection is open. A server that does not accept
 * writes, such as a standby, rejects the connection, and the pool closes it.
 */
public final class Database {

    private static final String ENTER_HISTORY = Sql.of(Database.class, "enter-history.sql");

    private final DataSource source;
    private final Purpose purpose;

    /** By the driver's connection, which a pool reuses. */
    private final Map<Connection, String> histories = Collections.synchronizedMap(new WeakHashMap<>());

    private enum Purpose {
        WRITE("diptych_writer"),
        PROJECT("diptych_projector"),
        READ("diptych_reader");

        private final String role;

        Purpose(String role) {
            this.role = role;
        }
    }

    private Database(DataSource source, Purpose purpose) {
        this.source = source;
        this.purpose = purpose;
    }

    /**
     * Creates access for a writer.
     *
     * @param source supplies connections in auto-commit mode with the isolation level read committed
     */
    public static Database ofWriter(DataSource source) {
        return new Database(source, Purpose.WRITE);
    }

    /**
     * Creates access for a projector.
     *
     * @param source supplies connections in auto-commit mode with the isolation level read committed
     */
    public static Database ofProjector(DataSource source) {
        return new Database(source, Purpose.PROJECT);
    }

    /** Creates access for a reader, which may use a standby. Its statements must return the history themselves. */
    public static Database ofReader(DataSource source) {
        return new Database(source, Purpose.READ);
    }

    /** Returns access to the same database that enters no history, so it may also be a standby. */
    Database withoutHistory() {
        return ofReader(source);
    }

    /** The database role whose privileges are needed. */
    String role() {
        return purpose.role;
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work. */
        T on(Connection connection) throws SQLException;
    }

    /** Binds the parameters of a statement. */
    @FunctionalInterface
    public interface Binder {
        /** Binds the parameters. */
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<R> {
        /** Reads the current row. */
        R read(ResultSet row) throws SQLException;
    }

    /**
     * Works on a connection, with one transaction for each statement.
     *
     * @param <T> the type of the outcome
     * @throws StoreUnavailableException when the database is unavailable or too busy, or does not accept the writes of
     *     a writer or projector
     */
    public <T> T run(Work<T> work) {
        Connection connection = connect();
        try (connection) {
            if (purpose != Purpose.READ && !histories.containsKey(driverConnection(connection))) {
                histories.put(driverConnection(connection), enterHistory(connection));
            }
            return work.on(connection);
        } catch (SQLException e) {
            if (SqlFailure.isPositionTaken(e)) {
                histories.clear(); // the next use of each connection reports that the sequence is behind
            }
            throw SqlFailure.of(e);
        }
    }

    /**
     * Does the same, and repeats work that fails because of a concurrent transaction: a few times, with growing random
     * pauses.
     *
     * @param <T> the type of the outcome
     * @throws StoreUnavailableException when the last attempt fails too, or under the conditions of {@link #run}
     */
    public <T> T runRetrying(Work<T> work) {
        return run(connection -> Retry.onConcurrencyFailure(() -> work.on(connection)));
    }

    /** The history that a connection of a writer or projector has entered. */
    public String history(Connection connection) throws SQLException {
        String history = histories.get(driverConnection(connection));
        if (history == null) {
            throw new SQLException(
                    "The sequence diptych.event_position is behind the events, so the connection has left its history",
                    "55000");
        }
        return history;
    }

    /**
     * Repeats the checks of a new connection: the server accepts writes, and the next position is after all events and,
     * for a writer, after all checkpoints.
     *
     * @throws StoreUnavailableException when a check fails; its message names the cause
     */
    public void requireWritable() {
        run(this::enterHistory);
    }

    private String enterHistory(Connection connection) throws SQLException {
        return list(
                        connection,
                        ENTER_HISTORY,
                        statement -> statement.setBoolean(1, purpose == Purpose.WRITE),
                        row -> row.getString(1))
                .getFirst();
    }

    private static Connection driverConnection(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class);
    }

    /**
     * Works on a connection in one transaction, which is committed at the end, and rolled back when the work throws.
     *
     * @param <T> the type of the outcome
     * @throws StoreUnavailableException under the conditions of {@link #run}
     */
    public <T> T inTransaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T outcome = work.on(connection);
                connection.commit();
                return outcome;
            } catch (Throwable e) { // an Error too: setAutoCommit(true) below would commit
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    /**
     * Returns all rows of a statement.
     *
     * @param <R> the type of the rows
     * @throws StoreUnavailableException under the conditions of {@link #run}
     */
    public <R> List<R> list(String sql, Binder parameters, RowReader<R> reader) {
        return run(connection -> list(connection, sql, parameters, reader));
    }

    /**
     * Returns the first row of a statement, if any.
     *
     * @param <R> the type of the row
     * @throws StoreUnavailableException under the conditions of {@link #run}
     */
    public <R> Optional<R> find(String sql, Binder parameters, RowReader<R> reader) {
        return list(sql, parameters, reader).stream().findFirst();
    }

    /**
     * Returns all rows of a statement on a connection.
     *
     * @param <R> the type of the rows
     */
    public static <R> List<R> list(Connection connection, String sql, Binder parameters, RowReader<R> reader)
            throws SQLException {
        return list(connection, sql, parameters, reader, () -> false);
    }

    /**
     * Returns the rows of a statement on a connection.
     *
     * @param <R> the type of the rows
     * @param enough asked before each row; ends the reading with {@code true}
     */
    public static <R> List<R> list(
            Connection connection, String sql, Binder parameters, RowReader<R> reader, BooleanSupplier enough)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            try (ResultSet result = statement.executeQuery()) {
                List<R> rows = new ArrayList<>();
                while (!enough.getAsBoolean() && result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }

    /** Executes a statement that returns no rows, and returns the number of rows that it changed. */
    public static int change(Connection connection, String sql, Binder parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            return statement.executeUpdate();
        }
    }

    /** Whether the failed statement was certainly rolled back, and may be sent again. */
    public static boolean isRepeatable(SQLException e) {
        return !SqlFailure.isOutcomeUnknown(e) && !SqlFailure.isPositionTaken(e);
    }

    /** Translates the exception of a failed statement as {@link #run} does; for code that cannot throw the original. */
    public static RuntimeException failure(SQLException e) {
        return SqlFailure.of(e);
    }

    private Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailableException("The database is unavailable, or all connections are in use", false, e);
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}

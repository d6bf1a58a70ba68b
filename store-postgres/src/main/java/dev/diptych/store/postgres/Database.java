package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
 * One way into the database, with the rights of one role. Turns every {@link SQLException} into one that says what it
 * means for the caller. Safe for use by many threads, as its data source is.
 *
 * <p>A connection of a writer or a projector enters the present history of the store before its first work, and stays
 * in it: the timeline of a server that can be written does not change under a connection. Where nothing can be written,
 * as on a standby, it is refused, and its pool closes it.
 */
public final class Database {

    private static final String ENTER = Sql.of(Database.class, "enter-history.sql");
    private static final String ALLOW = Sql.of(Database.class, "allow.sql");
    private static final String PLAN_ANEW = Sql.of(Database.class, "plan-anew.sql");

    private final DataSource source;
    private final Purpose purpose;

    /** By the driver's own connection, which a pool lends again and again. */
    private final Map<Connection, String> histories = Collections.synchronizedMap(new WeakHashMap<>());

    private enum Purpose {
        WRITE,
        PROJECT,
        READ
    }

    private Database(DataSource source, Purpose purpose) {
        this.source = source;
        this.purpose = purpose;
    }

    /**
     * The way of a writer.
     *
     * @param source gives connections in auto-commit mode with the isolation level read committed
     */
    public static Database ofWriter(DataSource source) {
        return new Database(source, Purpose.WRITE);
    }

    /** The way of a projector; the same is asked of its connections. */
    public static Database ofProjector(DataSource source) {
        return new Database(source, Purpose.PROJECT);
    }

    /**
     * The way of a reader, perhaps into a standby, where each statement says for itself in which history it has read.
     */
    public static Database ofReader(DataSource source) {
        return new Database(source, Purpose.READ);
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    public interface Binder {
        /** Sets them. */
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<R> {
        /** Reads the row at which the result stands. */
        R read(ResultSet row) throws SQLException;
    }

    /**
     * Works on a connection, each statement in a transaction of its own.
     *
     * @param <T> the type of the outcome
     * @throws StoreUnavailableException when the database cannot be reached, is too busy, or cannot be written though
     *     it has to be
     */
    public <T> T run(Work<T> work) {
        Connection connection = connect();
        try (connection) {
            if (purpose != Purpose.READ && !histories.containsKey(own(connection))) {
                histories.put(own(connection), enter(connection));
            }
            return work.on(connection);
        } catch (SQLException e) {
            if (SqlFailure.isPositionTaken(e)) {
                histories.clear(); // who appends next is told that the sequence is behind
            }
            throw SqlFailure.of(e);
        }
    }

    /** The history that a connection of a writer or a projector has entered. */
    String history(Connection connection) throws SQLException {
        String history = histories.get(own(connection));
        if (history == null) {
            throw new SQLException(
                    "A position was drawn that an event has: each connection is to enter again", "55000");
        }
        return history;
    }

    /**
     * Asks once more what was asked when a connection was opened: whether the database can be written here, and whether
     * what is appended next will be seen.
     *
     * @throws StoreUnavailableException when not, and says why
     */
    public void requireWritable() {
        run(this::enter);
    }

    private String enter(Connection connection) throws SQLException {
        return list(
                        connection,
                        ENTER,
                        statement -> statement.setBoolean(1, purpose == Purpose.WRITE),
                        row -> row.getString(1))
                .getFirst();
    }

    private static Connection own(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class);
    }

    /**
     * Works on a connection, all statements in one transaction, which is committed at the end and rolled back when the
     * work throws.
     *
     * @param <T> the type of the outcome
     * @throws StoreUnavailableException when the database cannot be reached, or is too busy
     */
    public <T> T inTransaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T outcome = work.on(connection);
                connection.commit();
                return outcome;
            } catch (Throwable e) { // an Error too: to leave the transaction open would be to commit it below
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
     * All rows of a statement.
     *
     * @param <R> the type of the rows
     * @throws StoreUnavailableException when the database cannot be reached, or is too busy
     */
    public <R> List<R> list(String sql, Binder parameters, RowReader<R> reader) {
        return run(connection -> list(connection, sql, parameters, reader));
    }

    /**
     * The first row of a statement, if it has any.
     *
     * @param <R> the type of the row
     * @throws StoreUnavailableException when the database cannot be reached, or is too busy
     */
    public <R> Optional<R> find(String sql, Binder parameters, RowReader<R> reader) {
        return list(sql, parameters, reader).stream().findFirst();
    }

    static <R> List<R> list(Connection connection, String sql, Binder parameters, RowReader<R> reader)
            throws SQLException {
        return list(connection, sql, parameters, reader, () -> false);
    }

    /** Reads rows until there are no more, or enough. */
    static <R> List<R> list(
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

    /** Executes a statement that returns no rows, and says how many it changed. */
    static int change(Connection connection, String sql, Binder parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            return statement.executeUpdate();
        }
    }

    /** Lets the next statements of this transaction take longer than others may. */
    static void allow(Connection connection, Duration statement) throws SQLException {
        list(
                connection,
                ALLOW,
                parameter -> parameter.setString(1, statement.toMillis() + "ms"),
                row -> row.getString(1));
        // The server gives up first, and says why; the pool sets the socket's bound back.
        connection.setNetworkTimeout(
                Runnable::run, (int) statement.plusSeconds(5).toMillis());
    }

    /**
     * Has each statement planned for the parameters that it has, until the end of the transaction. A connection keeps its
     * plans otherwise, and one that was made for few keys may go through a whole index for thousands of them.
     */
    static void planAnew(Connection connection) throws SQLException {
        list(connection, PLAN_ANEW, parameters -> {}, row -> row.getString(1));
    }

    private Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "The database cannot be reached, or has no connection to spare", false, e);
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

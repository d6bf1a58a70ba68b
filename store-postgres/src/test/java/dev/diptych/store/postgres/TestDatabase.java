package dev.diptych.store.postgres;

import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.events.PostgresEventStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of a test, and a store on it. */
public final class TestDatabase implements AutoCloseable {

    /** The statements of {@code erase-a-persons-data.md} for all rows, including the tables of the contract. */
    private static final List<String> NO_ROWS = List.of(
            "ALTER TABLE diptych.events DISABLE TRIGGER events_are_immutable",
            "TRUNCATE diptych.events, diptych.commands, diptych.checkpoints, diptych.copies, diptych.leases,"
                    + " diptych.tallies, diptych.other_tallies, diptych.histories RESTART IDENTITY",
            "ALTER TABLE diptych.events ENABLE ALWAYS TRIGGER events_are_immutable");

    private final TestServer server;
    private final String name;
    private final Consumer<TestDatabase> whenClosed;
    private final PostgresPool pool;
    private Database database;
    private PostgresWakeUps wakeUps;
    private PostgresEventStore store;

    TestDatabase(TestServer server, String name, Consumer<TestDatabase> whenClosed) {
        this.server = server;
        this.name = name;
        this.whenClosed = whenClosed;
        this.pool = new PostgresPool(Settings.of(server.url(name), "", "", "test"));
        open();
    }

    /** Opens the store as a projector, because tests may move a checkpoint ahead of the sequence. */
    private void open() {
        database = Database.ofProjector(pool.pooled());
        wakeUps = new PostgresWakeUps(pool.dedicated());
        store = new PostgresEventStore(database, database, wakeUps);
    }

    /** Deletes all rows and opens another store, with a new history; called after {@link #close}. */
    public void removeRows() {
        database.inTransaction(connection -> {
            for (String sql : NO_ROWS) {
                Database.change(connection, sql, parameters -> {});
            }
            return NO_ROWS;
        });
        open();
    }

    /** Deletes the rows of a store that is in use, and opens another one. */
    public void reopen() {
        wakeUps.close();
        removeRows();
    }

    /** Opens another store on the same rows; connections enter the current history. */
    public void leaveHistory() {
        database = Database.ofProjector(pool.pooled());
        store = new PostgresEventStore(database, database, wakeUps);
    }

    /** Connections with the privileges of a role only. */
    public DataSource pooledAs(String role) {
        var source = (PGSimpleDataSource) source();
        source.setOptions("-c role=" + role);
        return source;
    }

    public PostgresEventStore store() {
        return store;
    }

    public Database database() {
        return database;
    }

    public String name() {
        return name;
    }

    public String url() {
        return server.url(name);
    }

    public DataSource source() {
        return server.source(name);
    }

    /** Executes statements as the owner, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = source().getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until so many sessions wait for a lock. */
    public void awaitBlocked(int sessions) {
        Waiting.until(
                sessions + " sessions wait for a lock",
                () -> query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        + " AND datname = current_database()")
                                .size()
                        == sessions);
    }

    /** Returns the first column of all rows, as text. */
    public List<String> query(String sql) {
        return Database.ofReader(pool.pooled()).list(sql, statement -> {}, row -> row.getString(1));
    }

    /** Closes the connections of the store; {@link #execute} remains available. */
    public void disconnect() {
        wakeUps.close();
        pool.close();
    }

    @Override
    public void close() {
        wakeUps.close();
        whenClosed.accept(this);
    }

    public void drop() {
        pool.close();
        server.drop(name);
    }
}

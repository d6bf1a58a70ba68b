package dev.diptych.store.postgres;

import dev.diptych.store.postgres.PostgresPool.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** One database of a test, with a store on it. */
final class TestDatabase implements AutoCloseable {

    /** As the page about erasing says it; the contract's tables are those of its migration. */
    private static final List<String> NO_ROWS = List.of(
            "ALTER TABLE diptych.events DISABLE TRIGGER events_are_facts",
            "TRUNCATE diptych.events, diptych.commands, diptych.checkpoints, diptych.leases, diptych.tallies,"
                    + " diptych.other_tallies, diptych.histories RESTART IDENTITY",
            "ALTER TABLE diptych.events ENABLE ALWAYS TRIGGER events_are_facts");

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

    /** As a projector, since a test may move a checkpoint to where no event is yet. */
    private void open() {
        database = Database.ofProjector(pool.pooled());
        wakeUps = new PostgresWakeUps(pool.kept());
        store = new PostgresEventStore(database, database, wakeUps);
    }

    /** Begins again after it was closed, as another store, which has a history of its own. */
    void removeRows() {
        database.inTransaction(connection -> {
            for (String sql : NO_ROWS) {
                Database.change(connection, sql, parameters -> {});
            }
            return NO_ROWS;
        });
        open();
    }

    PostgresEventStore store() {
        return store;
    }

    Database database() {
        return database;
    }

    String name() {
        return name;
    }

    String url() {
        return server.url(name);
    }

    DataSource source() {
        return server.source(name);
    }

    /** Executes statements as the owner, each in a transaction of its own. */
    void execute(String... statements) {
        try (Connection connection = source().getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of all rows, as text. */
    List<String> query(String sql) {
        return Database.ofReader(pool.pooled()).list(sql, statement -> {}, row -> row.getString(1));
    }

    /** Closes the connections of the store; statements can still be executed. */
    void disconnect() {
        wakeUps.close();
        pool.close();
    }

    @Override
    public void close() {
        wakeUps.close();
        whenClosed.accept(this);
    }

    void drop() {
        pool.close();
        server.drop(name);
    }
}

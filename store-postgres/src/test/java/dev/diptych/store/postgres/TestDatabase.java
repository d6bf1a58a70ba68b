package dev.diptych.store.postgres;

import dev.diptych.store.postgres.PostgresPool.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** One database of a test, with a store on it; dropped when it is closed. */
final class TestDatabase implements AutoCloseable {

    private final TestServer server;
    private final String name;
    private final PostgresPool pool;
    private final PostgresWakeUps wakeUps;
    private final Database database;
    private final PostgresEventStore store;

    TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
        this.pool = new PostgresPool(Settings.of(server.url(name), "", "", "test"));
        this.wakeUps = new PostgresWakeUps(pool.kept());
        this.database = new Database(pool.pooled());
        this.store = new PostgresEventStore(database, database, wakeUps);
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
        return database.list(sql, statement -> {}, row -> row.getString(1));
    }

    @Override
    public void close() {
        wakeUps.close();
        pool.close();
        server.drop(name);
    }
}

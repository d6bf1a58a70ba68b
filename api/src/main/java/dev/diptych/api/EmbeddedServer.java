package dev.diptych.api;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL that comes out of a jar, for those who have none at hand. It listens on the loopback address only, and what
 * is in it survives a restart. Not in {@code diptych.jar}: production has a server of its own.
 */
final class EmbeddedServer implements AutoCloseable {

    /** The major version of the server in the jar. */
    static final String VERSION = "18";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final FileLock lock;
    private final EmbeddedPostgres server;

    private EmbeddedServer(Path directory, FileLock lock, EmbeddedPostgres server) {
        this.directory = directory;
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server, on any free port.
     *
     * @param directory where it keeps its data; made when it is not there
     * @throws IllegalStateException when it cannot be started, with words that say why
     */
    static EmbeddedServer start(Path directory) {
        return start(directory, directory.resolve("binaries"), Map.of("fsync", "on", "synchronous_commit", "on"));
    }

    /**
     * The same for tests, of which several share the server's programs, and none needs what it writes after a crash.
     *
     * @param binaries where the server's programs are; put there when they are not
     * @param settings of the server, by their names
     */
    static EmbeddedServer start(Path directory, Path binaries, Map<String, String> settings) {
        Path home = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
            FileLock lock = lock(home);
            try {
                requireVersion(home.resolve("data").resolve("PG_VERSION"));
                endWhatWasLeft(home.resolve("data"));
                return new EmbeddedServer(home, lock, launch(home, binaries, settings));
            } catch (IOException | RuntimeException | NoClassDefFoundError e) {
                lock.channel().close();
                throw e;
            }
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "there is no embedded PostgreSQL in this program: name a server with --jdbc-url=jdbc:postgresql://...",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded PostgreSQL in " + home + " did not start: " + e.getMessage(), e);
        }
    }

    private static FileLock lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("another process uses it; stop that one, or choose another --postgres-data");
        }
        return lock;
    }

    /** Only the major version that has made a data directory can read it. */
    private static void requireVersion(Path file) throws IOException {
        String found = Files.exists(file) ? Files.readString(file).strip() : VERSION;
        if (!found.equals(VERSION)) {
            throw new IOException(
                    "its data is of PostgreSQL " + found + ", and this program contains PostgreSQL " + VERSION
                            + "; choose another --postgres-data, or dump the data with PostgreSQL " + found
                            + " and restore the dump into another");
        }
    }

    private static EmbeddedPostgres launch(Path home, Path binaries, Map<String, String> settings) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        binaries.toAbsolutePath().normalize().toFile())
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // stopped in order, after those who use it
                .setPGStartupWait(PATIENCE);
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    /** A process that was killed leaves its server behind: it is asked to end; and a dead one's mark is removed. */
    private static void endWhatWasLeft(Path data) throws IOException {
        Path mark = data.resolve("postmaster.pid");
        if (!Files.exists(mark)) {
            return;
        }
        var left = process(mark).filter(process -> isServerOf(process, data));
        if (left.isPresent()) {
            left.get().destroy();
            try {
                left.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a server that was left behind ends", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException(
                        "a server that was left behind, process " + left.get().pid() + ", does not end", e);
            }
        }
        Files.deleteIfExists(mark);
    }

    /** Whose mark it is, if that still runs; the mark of a server that died while it wrote it says nothing. */
    private static Optional<ProcessHandle> process(Path mark) throws IOException {
        return Files.readAllLines(mark).stream()
                .limit(1)
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                .findFirst();
    }

    /** The number may have gone to another process since, also to the server of somebody else. */
    private static boolean isServerOf(ProcessHandle process, Path data) {
        return process.info().command().orElse("").endsWith("postgres")
                && process.info()
                        .arguments()
                        .map(all -> List.of(all).contains(data.toString()))
                        .orElse(true); // not every system tells
    }

    /** Creates the users of the three roles, and the rights that they have by them; they are there already after a restart. */
    void createUsers() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : List.of("writer", "projector", "reader")) {
                statement.execute("DO $$ BEGIN CREATE ROLE embedded_" + role + " LOGIN IN ROLE diptych_" + role
                        + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the users of the embedded PostgreSQL could not be created", e);
        }
    }

    /** Who owns everything; the server trusts whoever is on this machine. */
    Settings owner() {
        return owner("postgres");
    }

    /** Who owns one of its databases. */
    Settings owner(String database) {
        return user("postgres", database, "diptych-migrate");
    }

    /** The users of the three roles. */
    PostgresStore.Access access() {
        return new PostgresStore.Access(
                Optional.empty(),
                Optional.of(user("embedded_writer", "postgres", "diptych-write")),
                Optional.of(user("embedded_projector", "postgres", "diptych-project")),
                Optional.of(user("embedded_reader", "postgres", "diptych-read")));
    }

    private Settings user(String user, String database, String name) {
        return Settings.of("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, user, "", name);
    }

    /** What it is, for people. */
    @Override
    public String toString() {
        return "postgres (embedded, data in " + directory + ")";
    }

    /** Stops the server, after its last connection. */
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

package dev.diptych.store.postgres.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;

/**
 * A base backup of a running server, made with the low-level API of the PostgreSQL manual. It restores a server or
 * starts a standby. Used once, because its directory becomes the data directory of that server.
 */
public final class Backup {

    private static final Set<String> PROCESS_FILES =
            Set.of("postmaster.pid", "postmaster.opts", "epg-lock", "backup_label");

    private final PostgresServer primary;
    private final Path data;

    private Backup(PostgresServer primary, Path data) {
        this.primary = primary;
        this.data = data;
    }

    /** Takes a backup, including the WAL that it needs. */
    public static Backup of(PostgresServer primary, Path data) {
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('test', fast => true)");
            DataDirectory.copy(primary.data(), data, Backup::isPart);
            try (ResultSet label =
                    statement.executeQuery("SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
                label.next();
                Files.writeString(data.resolve("backup_label"), label.getString(1));
            }
            DataDirectory.copy(primary.data().resolve("pg_wal"), data.resolve("pg_wal"), file -> true);
        } catch (SQLException e) {
            throw new IllegalStateException("The backup failed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Backup(primary, data);
    }

    private static boolean isPart(String file) {
        return !PROCESS_FILES.contains(file) && !file.startsWith("pg_wal/") && !file.startsWith("pg_replslot/");
    }

    /** Starts a server with the data of the backup, on a new timeline, and waits until it accepts writes. */
    public PostgresServer restore() {
        configure("recovery.signal", "restore_command = 'false'"); // there is no archive: the WAL is in the backup
        PostgresServer restored = PostgresServer.start(data, Map.of());
        restored.awaitWritable();
        return restored;
    }

    /** Starts a standby that follows the server from which the backup was taken. */
    public Standby standby() {
        Relay replication = Relay.to(primary.port());
        configure(
                "standby.signal", "primary_conninfo = 'host=127.0.0.1 port=" + replication.port() + " user=postgres'");
        return new Standby(PostgresServer.start(data, Map.of()), replication);
    }

    private void configure(String signal, String setting) {
        try {
            Files.createFile(data.resolve(signal));
            Files.writeString(data.resolve("postgresql.auto.conf"), setting + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

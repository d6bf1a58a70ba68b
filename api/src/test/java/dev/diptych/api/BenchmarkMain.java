package dev.diptych.api;

import dev.diptych.api.bench.Benchmark;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs the benchmark on an embedded server of its own, which writes to the disk as any PostgreSQL does. */
final class BenchmarkMain {

    private BenchmarkMain() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "bench");
        try (EmbeddedServer server = EmbeddedServer.start(directory)) {
            Settings owner = server.owner();
            try (Store migrated = PostgresStore.open("bench", PostgresStore.Access.all(owner, owner, owner, owner))) {
                System.out.println("On " + migrated.name());
            }
            Benchmark.main(
                    Stream.concat(Stream.of(owner.url()), Stream.of(args)).toArray(String[]::new));
        }
    }
}

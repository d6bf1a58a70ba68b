package dev.diptych.api;

import dev.diptych.api.bench.Benchmark;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the benchmark on an embedded server of its own, which writes to the disk as any PostgreSQL does. */
final class BenchmarkMain {

    private BenchmarkMain() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "bench");
        try (EmbeddedServer server = EmbeddedServer.start(directory)) {
            try (Store migrated = PostgresStore.open("bench", server.owner("postgres"), true)) {
                System.out.println("On " + migrated.name());
            }
            Benchmark.main(new String[] {server.owner("postgres").owner().url(), args.length > 0 ? args[0] : ""});
        }
    }
}

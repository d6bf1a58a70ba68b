package dev.diptych.api.bench;

import dev.diptych.api.Store;
import dev.diptych.api.launch.EmbeddedServer;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Runs the benchmark on an embedded server with durable writes. Its data, up to a gigabyte, is deleted at the end. */
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
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

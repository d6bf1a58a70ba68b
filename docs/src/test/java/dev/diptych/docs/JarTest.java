package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The API in one file, as {@code mvn package} leaves it. */
class JarTest {

    private static final Path JAR = Path.of("..", "api", "target", "diptych.jar");

    @Test
    void it_holds_both_stores_and_their_migrations_and_no_database_server() throws Exception {
        assertThat(JAR).as("made by mvn verify, before these tests").exists();
        try (var jar = new JarFile(JAR.toFile())) {
            List<String> entries = jar.stream().map(entry -> entry.getName()).toList();
            assertThat(entries)
                    .contains(
                            "dev/diptych/store/memory/MemoryEventStore.class",
                            "dev/diptych/store/postgres/events/PostgresEventStore.class",
                            "dev/diptych/store/postgres/migration/events/V1__tables.sql",
                            "dev/diptych/store/postgres/migration/customers/V1__tables.sql")
                    .noneMatch(entry -> entry.startsWith("io/zonky/") || entry.endsWith(".txz"));
        }
    }

    @Test
    void without_a_server_of_its_own_it_asks_for_one_in_words() throws Exception {
        Path data = Files.createTempDirectory("diptych");
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-jar",
                        JAR.toString(),
                        "--store=postgres",
                        "--postgres-data=" + data)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output)
                .contains("Diptych cannot start: this program does not contain an embedded PostgreSQL: set"
                        + " --jdbc-url=jdbc:postgresql://...")
                .doesNotContain("\tat ");
    }
}

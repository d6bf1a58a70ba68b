package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.RunningApi;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's commands, and its tour, every line of it, on each store. */
class ReadmeTest {

    private static final Page README = Page.read(Repo.ROOT.resolve("README.md"));

    static Stream<String> stores() {
        return Stream.of("memory", "postgres");
    }

    @Tag("full") // needs curl, and "mvn verify" needs nothing but a JDK and Maven
    @ParameterizedTest
    @MethodSource("stores")
    void the_tour_works_as_written_on_every_store(String store, @TempDir Path directory) throws Exception {
        List<String> tour =
                README.text().lines().filter(line -> line.startsWith("curl ")).toList();
        assertThat(tour).hasSize(3);
        try (RunningApi api = RunningApi.on(store)) {
            Prompt prompt = Prompt.in(directory, api.port());
            assertThat(prompt.output(tour.get(0))).startsWith("HTTP/1.1 202 ");
            api.settle();
            assertThat(prompt.output(tour.get(1)))
                    .contains("\"order_id\":\"o-1\"")
                    .contains("\"total\":\"15.00\"");
            assertThat(prompt.output(tour.get(2)))
                    .startsWith("HTTP/1.1 409 ")
                    .contains("has not been paid, so it cannot be shipped");
        }
    }

    /** Maven with -q is silent while it compiles, and a reader would wonder. */
    @Test
    void the_first_command_says_at_once_that_it_compiles(@TempDir Path directory) throws Exception {
        var commands = new Bash(directory, directory);

        Bash.Run run = commands.run("mvn -q -f '" + Repo.ROOT.resolve("pom.xml") + "' -Prun validate");

        assertThat(run.output()).contains("Compiling Diptych");
        assertThat(run.status()).isZero();
    }

    @Tag("full")
    @Test
    void the_first_command_runs_the_application() throws Exception {
        Bash.Run run = ScratchProject.named("run").run("mvn -q -Prun -Dargs=--help");

        assertThat(run.output()).contains("Compiling Diptych", "Usage: diptych");
        assertThat(run.status()).isZero();
    }
}

package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code .ci/soak}, in a folder of its own, with a program in Maven's place. */
class SoakTest {

    @TempDir
    private Path folder;

    private record Run(int status, String output) {}

    @BeforeEach
    void copyTheScript() throws Exception {
        Files.createDirectories(folder.resolve(".ci"));
        Files.createDirectories(folder.resolve("bin"));
        copy(Repo.ROOT.resolve(".ci/soak"), folder.resolve(".ci/soak"));
        copy(Repo.file("soak/mvn.sh"), folder.resolve("bin/mvn"));
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.copy(from, to);
        assertThat(to.toFile().setExecutable(true)).isTrue();
    }

    private Process start(String stub, String arguments) throws Exception {
        var words = Stream.concat(
                        Stream.of("bash", folder.resolve(".ci/soak").toString()), Arrays.stream(arguments.split(" ")))
                .filter(word -> !word.isEmpty())
                .toList();
        var builder = new ProcessBuilder(words)
                .directory(folder.resolve("bin").toFile())
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("SOAK_STUB", stub);
        environment.put("SOAK_ARGS", "-Pfull -Dx=y");
        environment.put("SOAK_SECONDS", stub.equals("hangs") ? "1" : "3600");
        return builder.start();
    }

    /** The output ends when the last process has ended that could write to it: the busy threads, too. */
    private static Run ended(Process process) throws Exception {
        String output =
                CompletableFuture.supplyAsync(() -> text(process)).get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return new Run(process.exitValue(), output);
    }

    private static String text(Process process) {
        return process.inputReader(StandardCharsets.UTF_8).lines().reduce("", (text, line) -> text + line + "\n");
    }

    @Test
    void a_test_that_fails_in_one_run_is_counted() throws Exception {
        Run run = ended(start("fails-in-the-second", "3 2"));

        assertThat(run.output().replaceAll("\\d+:\\d\\d", "TIME")).isEqualToIgnoringWhitespace("""
                        Run 1 of 3: TIME passed
                        Run 2 of 3: TIME FAILED, see target/soak/run-2.log
                        Run 3 of 3: TIME passed
                        Failing tests, and in how many runs:
                        1 PlantedTest.a_planted_rule
                        1 OtherTest>OtherSpecs.an_inherited_rule
                        1 of 3 runs failed.
                        """);
        assertThat(run.status()).isEqualTo(1);
        assertThat(folder.resolve("target/soak/run-3.log")).hasContent("arguments: -B -ntp verify -Pfull -Dx=y");
    }

    @Test
    void runs_that_pass_end_with_0() throws Exception {
        Run run = ended(start("passes", "1"));

        assertThat(run.output()).endsWith("passed\n0 of 1 runs failed.\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void a_run_that_takes_too_long_is_ended_and_has_failed() throws Exception {
        Run run = ended(start("hangs", "1 1"));

        assertThat(run.output()).contains("FAILED: not done after 1 seconds", "1 of 1 runs failed.");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void it_ends_what_it_has_started_when_it_is_stopped() throws Exception {
        Process process = start("never-ends", "1 1");
        Path log = folder.resolve("target/soak/run-1.log");
        Waiting.until("Maven has been started", () -> Files.exists(log) && Files.size(log) > 0);

        process.toHandle().destroy(); // Process.destroy would close the output, too

        assertThat(ended(process).status()).isEqualTo(143);
        assertThat(process.descendants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "x", "-1", "1 x", "1 2 3"})
    void wrong_usage_ends_with_2_and_a_line_of_usage(String arguments) throws Exception {
        Run run = ended(start("passes", arguments));

        assertThat(run.output()).startsWith("Usage: .ci/soak N [BURNERS]").hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }
}

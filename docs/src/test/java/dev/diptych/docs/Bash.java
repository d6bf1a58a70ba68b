package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the commands of a page, with Maven as this build found it first on the path. */
final class Bash {

    /** The bound of every program that a test starts: an hour, in which the slowest machine builds anything of ours. */
    static final int MINUTES = 60;

    private static final Path MVN = Path.of("src/test/resources/copy-a-store/mvn.sh");

    private final Path directory;
    private final Path workplace;

    /**
     * Makes a place for commands.
     *
     * @param directory for what they need, and for what they say
     * @param workplace where they are run
     */
    Bash(Path directory, Path workplace) throws IOException {
        this.directory = directory;
        this.workplace = workplace;
        Path mvn = Files.createDirectories(directory.resolve("bin")).resolve("mvn");
        Files.copy(MVN, mvn);
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
    }

    /** What a script came to. */
    record Run(int status, String output) {}

    Run run(String script) throws Exception {
        Path output = directory.resolve("output.txt");
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(workplace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("PATH", directory.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1", (given, ours) -> given + " " + ours);
        environment.put("MAVEN", System.getProperty("maven.home") + "/bin/mvn");
        environment.put("REPOSITORY", System.getProperty("maven.repo.local"));
        environment.put("PLATFORM", System.getProperty("postgres.platform"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as("ended in time: %s", text).isTrue();
            return new Run(process.exitValue(), text);
        } finally {
            end(process);
        }
    }

    /** Politely first: the tests' JVM stops its database server when it is asked to end. */
    private static void end(Process process) throws Exception {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.reversed().forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            if (each.isAlive()) {
                try {
                    each.onExit().get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                } catch (java.util.concurrent.TimeoutException e) {
                    each.destroyForcibly();
                }
            }
        }
    }
}

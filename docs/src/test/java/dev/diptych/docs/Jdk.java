package dev.diptych.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles sources and runs tests of them, without Maven. */
final class Jdk {

    private Jdk() {}

    /** Returns the messages of the compiler if it failed, and nothing if it succeeded. */
    static String compile(Collection<Path> sources, String classpath, Path to) throws IOException {
        var messages = new StringWriter();
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, UTF_8)) {
            List<String> options =
                    List.of("-classpath", classpath, "-d", to.toString(), "-proc:none", "-nowarn", "-parameters");
            boolean done = javac.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return done ? "" : messages.toString();
        }
    }

    /**
     * Runs {@link TestRun} in a process of its own.
     *
     * @param scratch a folder for the output
     * @param test the name of the class, and that of a method if only that one is to run
     */
    static Bash.Run test(Path scratch, Path workingDirectory, String classpath, String... test) throws Exception {
        Path output = scratch.resolve("output.txt");
        List<String> java = List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                classpath,
                TestRun.class.getName());
        Process process = new ProcessBuilder(
                        Stream.concat(java.stream(), Stream.of(test)).toList())
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(Bash.MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output, UTF_8);
            assertThat(ended).as("ended in time: %s", text).isTrue();
            return new Bash.Run(process.exitValue(), text);
        } finally {
            process.destroy();
        }
    }
}

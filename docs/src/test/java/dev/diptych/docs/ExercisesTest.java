package dev.diptych.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first exercise fails as its page says, and can be solved: its solution, applied to a copy of core, passes. */
class ExercisesTest {

    private static final Path CORE = Repo.ROOT.resolve("core");
    private static final Path TEST = Repo.ROOT.resolve("docs/exercises/1/GiftWrapTest.java");

    @TempDir
    private Path copy;

    @BeforeEach
    void copySources() throws IOException {
        List<Path> sources = new ArrayList<>(javaFiles(CORE.resolve("src/main/java")));
        sources.add(Repo.file("OrderDecider.java")); // which knows each command, and so has to change too
        for (Path source : sources) {
            write(Repo.relative(source), Repo.text(source));
        }
        Files.createDirectories(copy.resolve("classes"));
    }

    @Test
    void before_it_is_solved_its_tests_fail_as_the_page_says() throws IOException {
        String classes = CORE.resolve("target/classes").toString();
        assertThat(compile(List.of(TEST), classes)).contains("cannot find symbol", "class GiftWrapOrder");
        assertThat(Repo.text(Repo.ROOT.resolve("docs/exercises/README.md")))
                .contains("`cannot find symbol`, class `GiftWrapOrder`");
    }

    @Test
    void its_solution_passes_all_of_its_tests() throws Exception {
        apply(Repo.text(Path.of("src/test/resources/exercises/1/solution.patch")));
        List<Path> sources = new ArrayList<>(javaFiles(copy));
        sources.add(TEST);
        assertThat(compile(sources, "")).as("what the compiler says").isEmpty();
        assertThat(run("dev.diptych.exercises.GiftWrapTest")).contains("7 passed, 0 failed");
    }

    /** Each file of a patch, and in it each hunk: its place is found by its lines, and not by their numbers. */
    private void apply(String patch) throws IOException {
        for (String part : patch.split("(?m)^diff .*$", -1)) {
            if (part.contains("+++ b/")) {
                String file = part.replaceFirst("(?s).*?\\+\\+\\+ b/(\\S+).*", "$1");
                String text = Files.exists(copy.resolve(file)) ? Files.readString(copy.resolve(file)) : "";
                for (String hunk :
                        Arrays.asList(part.split("(?m)^@@ .*\\n", -1)).subList(1, hunks(part) + 1)) {
                    text = text.isEmpty()
                            ? hunk.replaceAll("(?m)^\\+", "")
                            : new Edit(Page.planted(""), file, "", "", hunk, "").applied(text);
                }
                write(file, text);
            }
        }
    }

    private static int hunks(String part) {
        return (int) part.lines().filter(line -> line.startsWith("@@ ")).count();
    }

    private String compile(List<Path> sources, String before) throws IOException {
        var messages = new StringWriter();
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, UTF_8)) {
            List<String> options = List.of(
                    "-classpath",
                    String.join(
                            File.pathSeparator,
                            before,
                            CORE.resolve("target/test-classes").toString(),
                            System.getProperty("java.class.path")),
                    "-d",
                    copy.resolve("classes").toString(),
                    "-proc:none",
                    "-nowarn",
                    "-parameters");
            boolean done = javac.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return done ? "" : messages.toString();
        }
    }

    private String run(String type) throws Exception {
        String path = String.join(
                File.pathSeparator,
                copy.resolve("classes").toString(),
                CORE.resolve("target/test-classes").toString(),
                System.getProperty("java.class.path"));
        Path output = copy.resolve("output.txt");
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        path,
                        ExerciseRun.class.getName(),
                        type)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return Files.readString(output, UTF_8);
        } finally {
            process.destroy();
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = copy.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }
}

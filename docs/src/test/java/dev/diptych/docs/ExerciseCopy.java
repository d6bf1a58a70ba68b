package dev.diptych.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A copy of the sources of core and the memory store in which an exercise is done, compiled and run without Maven. */
final class ExerciseCopy {

    private static final Path CORE_TESTS = Repo.ROOT.resolve("core/target/test-classes");

    private final Path directory;
    private final Path classes;
    private final Path testClasses;

    ExerciseCopy(Path directory) throws IOException {
        this.directory = directory;
        this.classes = Files.createDirectories(directory.resolve("classes"));
        this.testClasses =
                Files.createDirectories(directory.resolve("test-classes")); // so named for the rules of layout
        for (String module : List.of("core", "store-memory")) {
            for (Path source : javaFiles(Repo.ROOT.resolve(module).resolve("src/main/java"))) {
                write(directory.resolve(Repo.relative(source)), Repo.text(source));
            }
        }
    }

    void apply(String patch) throws IOException {
        apply(patch, directory);
    }

    /** Each file of a patch, and in it each hunk: its place is found by its lines, and not by their numbers. */
    static void apply(String patch, Path directory) throws IOException {
        for (String part : patch.split("(?m)^diff .*$", -1)) {
            if (part.contains("+++ b/")) {
                String file = part.replaceFirst("(?s).*?\\+\\+\\+ b/(\\S+).*", "$1");
                List<String> hunks = Arrays.asList(part.split("(?m)^@@ .*\\n", -1));
                write(directory.resolve(file), applied(directory, file, hunks.subList(1, hunks.size())));
            }
        }
    }

    private static String applied(Path directory, String file, List<String> hunks) {
        Path original = Stream.of(directory.resolve(file), Repo.ROOT.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        if (original == null) {
            return hunks.getFirst().replaceAll("(?m)^\\+", "");
        }
        String text = Repo.text(original);
        for (String hunk : hunks) {
            text = new Edit(Page.planted(""), file, "", "", hunk, "", "").applied(text);
        }
        return text;
    }

    /** Compiles all of it, with the test of an exercise; what the compiler does not like. */
    String compile(Exercise exercise) throws IOException {
        String trouble = compile(
                Stream.of("core", "store-memory")
                        .flatMap(module -> javaFiles(directory.resolve(module).resolve("src/main/java")).stream())
                        .toList(),
                classes,
                "");
        return trouble.isEmpty() ? compileTests(exercise, classes.toString()) : trouble;
    }

    /** Compiles the test of an exercise against what the build has compiled; what the compiler does not like. */
    String compileAgainstTheBuild(Exercise exercise) throws IOException {
        return compileTests(exercise, Repo.ROOT.resolve("core/target/classes").toString());
    }

    private String compileTests(Exercise exercise, String against) throws IOException {
        List<Path> tests = Stream.concat(
                        Stream.of(exercise.source()),
                        exercise.changedTests().stream()
                                .map(changed -> directory.resolve(Repo.relative(changed)))
                                .filter(Files::exists))
                .toList();
        return compile(tests, testClasses, against);
    }

    private static String compile(List<Path> sources, Path to, String before) throws IOException {
        return Jdk.compile(sources, path(before, CORE_TESTS.toString(), classpath()), to);
    }

    /** Runs a test class in a process of its own; what it printed. */
    String run(String type) throws Exception {
        String path = path(classes.toString(), testClasses.toString(), CORE_TESTS.toString(), classpath());
        return Jdk.test(directory, Path.of("").toAbsolutePath(), path, type).output();
    }

    /** Without the jar of core's tests, whose classes are there already as tests, which no layout rule judges. */
    private static String classpath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String path(String... parts) {
        return Arrays.stream(parts).collect(Collectors.joining(File.pathSeparator));
    }

    private static void write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

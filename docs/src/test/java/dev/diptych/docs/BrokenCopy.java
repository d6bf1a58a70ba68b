package dev.diptych.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A copy of the modules in which one file is another: only that file is compiled, against what the build has compiled
 * already, and only the named test is run, in a process of its own.
 */
final class BrokenCopy {

    private static final List<String> MODULES = List.of("core", "store-memory", "store-postgres", "api");

    private final Edit edit;
    private final Path directory;

    private BrokenCopy(Edit edit) {
        this.edit = edit;
        this.directory =
                Path.of("target", "broken", edit.type() + "-" + edit.method()).toAbsolutePath();
    }

    /**
     * What the test says under the edit.
     *
     * @param failed how many of its rounds failed, at least one where it has failed
     * @param output what it printed
     */
    record Outcome(boolean failed, String output) {}

    static Outcome run(Edit edit) throws Exception {
        var copy = new BrokenCopy(edit);
        copy.make();
        String trouble = copy.compile();
        return trouble.isEmpty() ? copy.test() : new Outcome(false, "does not compile: " + trouble);
    }

    private void make() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        for (String module : MODULES) {
            for (String part : List.of("src", "target/classes", "target/test-classes")) {
                copy(
                        Repo.ROOT.resolve(module).resolve(part),
                        directory.resolve(module).resolve(part));
            }
        }
        Files.writeString(edited(), edit.applied());
    }

    /** Compiles a source; copies a resource. Returns what the compiler does not like. */
    private String compile() throws IOException {
        String path = Repo.relative(Repo.file(edit.file()));
        String module = path.substring(0, path.indexOf('/'));
        Path classes = directory
                .resolve(module)
                .resolve(path.contains("/src/test/") ? "target/test-classes" : "target/classes");
        if (!path.endsWith(".java")) {
            Path resource = classes.resolve(path.replaceFirst(".*?/src/(?:main|test)/resources/", ""));
            Files.copy(edited(), resource, StandardCopyOption.REPLACE_EXISTING);
            return "";
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = javac.getStandardFileManager(null, null, UTF_8)) {
            List<String> options = List.of(
                    "-classpath", classpath(), "-d", classes.toString(), "-proc:none", "-nowarn", "-parameters");
            boolean done = javac.getTask(messages, files, null, options, null, files.getJavaFileObjects(edited()))
                    .call();
            return done ? "" : messages.toString();
        }
    }

    private Outcome test() throws Exception {
        Path test = Repo.file(edit.type() + ".java");
        String path = Repo.relative(test);
        String name = path.replaceFirst(".*?/src/test/java/", "")
                .replaceFirst("\\.java$", "")
                .replace('/', '.');
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        classpath(),
                        OneTest.class.getName(),
                        name,
                        edit.method())
                .directory(
                        directory.resolve(path.substring(0, path.indexOf('/'))).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(Bash.MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output, UTF_8);
            assertThat(ended).as("ended in time: %s", text).isTrue();
            return new Outcome(process.exitValue() == OneTest.FAILED, text);
        } finally {
            process.destroy();
        }
    }

    private Path edited() {
        return directory.resolve(Repo.relative(Repo.file(edit.file())));
    }

    /** The copy of every module, this module's own tests, and everything that is not of this project. */
    private String classpath() {
        List<String> path = new ArrayList<>();
        for (String module : MODULES) {
            path.add(directory.resolve(module).resolve("target/classes").toString());
            path.add(directory.resolve(module).resolve("target/test-classes").toString());
        }
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(each -> !MODULES.stream()
                        .anyMatch(module ->
                                Path.of(each).toAbsolutePath().normalize().startsWith(Repo.ROOT.resolve(module))))
                .forEach(path::add);
        return path.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

package dev.diptych.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** What the test says under the edit. */
    record Outcome(boolean failed, String output) {}

    static Outcome run(Edit edit) throws Exception {
        var copy = new BrokenCopy(edit);
        copy.make();
        String trouble = copy.compile();
        return trouble.isEmpty() ? copy.test() : new Outcome(false, "does not compile: " + trouble);
    }

    private void make() throws IOException {
        Folders.emptied(directory);
        for (String module : MODULES) {
            for (String part : List.of("src", "target/classes", "target/test-classes")) {
                Folders.copy(
                        Repo.ROOT.resolve(module).resolve(part),
                        directory.resolve(module).resolve(part),
                        Set.of());
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
        return Jdk.compile(List.of(edited()), classpath(), classes);
    }

    private Outcome test() throws Exception {
        Path test = Repo.file(edit.type() + ".java");
        String path = Repo.relative(test);
        String name = path.replaceFirst(".*?/src/test/java/", "")
                .replaceFirst("\\.java$", "")
                .replace('/', '.');
        Path module = directory.resolve(path.substring(0, path.indexOf('/')));
        Bash.Run run = Jdk.test(directory, module, classpath(), name, edit.method());
        return new Outcome(run.status() == TestRun.FAILED, run.output());
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
}

package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A copy of this project, without what was built, in which a how-to is performed. */
final class ScratchProject {

    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".idea", ".vscode");

    private final Path root;
    private final Bash bash;

    private ScratchProject(Path root, Bash bash) {
        this.root = root;
        this.bash = bash;
    }

    static ScratchProject named(String name) throws IOException {
        Path directory = Path.of("target", "scratch", name).toAbsolutePath();
        remove(directory);
        Path root = Files.createDirectories(directory.resolve("project"));
        copy(Repo.ROOT, root);
        return new ScratchProject(root, new Bash(directory, root));
    }

    Path root() {
        return root;
    }

    Bash.Run run(String commands) throws Exception {
        return bash.run(commands);
    }

    /** Does what the steps say, one after the other; fails at the first command that does. */
    void follow(List<Step> steps) throws Exception {
        for (Step step : steps) {
            switch (step) {
                case Step.NewFile file -> file.write(root);
                case Step.Change change -> change.make(root);
                case Step.Commands commands -> {
                    Bash.Run run = run(commands.script());
                    assertThat(run.status())
                            .as("%s%n%s", commands.script(), run.output())
                            .isZero();
                }
            }
        }
    }

    /** The tests that have run in the modules. */
    List<TestReports.Case> reports() throws Exception {
        List<TestReports.Case> cases = new ArrayList<>();
        for (String module :
                List.of("core", "store-memory", "store-list", "store-postgres", "api", "docs", "docs/exercises")) {
            Path reports = root.resolve(module).resolve("target/surefire-reports");
            if (Files.exists(reports)) {
                cases.addAll(TestReports.in(reports));
            }
        }
        return cases;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !file.getFileName().toString().equals(".git")) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

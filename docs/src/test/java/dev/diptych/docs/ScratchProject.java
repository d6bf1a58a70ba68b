package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
        Path root = Folders.emptied(directory).resolve("project");
        Folders.copy(Repo.ROOT, root, LEFT_OUT);
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
}

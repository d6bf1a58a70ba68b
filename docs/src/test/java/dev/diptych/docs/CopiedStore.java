package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A project that came into being by the commands of {@code docs/howto/copy-a-store.md}, in a directory of its own. */
final class CopiedStore {

    private static final Pattern STEP = Pattern.compile("(?ms)^## \\d+\\. .*?^```bash\\n(.*?)^```$");

    private final Path directory;
    private final Bash bash;

    private CopiedStore(Path directory, Bash bash) {
        this.directory = directory;
        this.bash = bash;
    }

    /** Each step's commands, as the page has them. */
    static List<String> steps() {
        return STEP.matcher(Repo.text(Repo.ROOT.resolve("docs/howto/copy-a-store.md")))
                .results()
                .map(step -> step.group(1))
                .toList();
    }

    /** An empty project, with Maven as this build found it first on the path. */
    static CopiedStore nothingYet(String name) throws IOException {
        Path directory = Path.of("target", "copy-a-store", name).toAbsolutePath();
        Path project = Files.createDirectories(Folders.emptied(directory).resolve("project"));
        return new CopiedStore(directory, new Bash(directory, project));
    }

    /** Follows the page to its last step but one, with the two names that every reader has to change. */
    CopiedStore copied(String store) throws Exception {
        return copied(store, "");
    }

    /** The same, and then further commands, which see the names. */
    CopiedStore copied(String store, String further) throws Exception {
        List<String> steps = steps();
        String commands = String.join("", steps.subList(0, steps.size() - 1)) + further;
        commands = replaced(commands, "(?m)^diptych=\\S+", "diptych='" + Repo.ROOT + "'");
        commands = replaced(commands, "(?m)^store=\\S+", "store=" + store);
        Bash.Run run = bash.run(commands);
        assertThat(run.status()).as(run.output()).isZero();
        return this;
    }

    /** The last step. */
    Bash.Run verified() throws Exception {
        return bash.run(steps().getLast());
    }

    /** The last step, for some of the tests. */
    Bash.Run verified(String tests) throws Exception {
        return bash.run(steps().getLast().strip() + " '-Dtest=" + tests + "'");
    }

    /** Changes a line of a file; fails when it is not there. */
    void change(String file, String from, String to) throws IOException {
        Path path = directory.resolve("project").resolve(file);
        String text = Files.readString(path);
        assertThat(text).as("the text that is to be broken").contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    /** The texts of all its files. */
    String everything() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("project/src"))) {
            var text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(directory.relativize(file)).append('\n').append(Files.readString(file));
            }
            return text.toString();
        }
    }

    List<TestReports.Case> reports() throws Exception {
        return TestReports.in(directory.resolve("project/target/surefire-reports"));
    }

    private static String replaced(String text, String pattern, String by) {
        List<MatchResult> found =
                Pattern.compile(pattern).matcher(text).results().toList();
        assertThat(found).as(pattern).hasSize(1);
        return text.substring(0, found.getFirst().start())
                + by
                + text.substring(found.getFirst().end());
    }
}

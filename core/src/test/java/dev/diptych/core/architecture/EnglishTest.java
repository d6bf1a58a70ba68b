package dev.diptych.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines of sources end by column 120. Sources use the plain or standard word: "forever" or "permanently", "again", and
 * a named subject, such as the caller, the client or another node. Reads Java, SQL, the page, the description of the
 * API, and the prose of the manual.
 */
class EnglishTest {

    /** The modules whose main and test sources are checked. */
    private static final List<String> MODULES = List.of("core", "store-memory", "store-postgres", "api");

    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|sql|js|css|html|yaml)");

    private static final int LAST_COLUMN = 120;

    /** What is no prose in Markdown: a block of code, a comment, and code within a sentence. */
    private static final Pattern NO_PROSE = Pattern.compile("(?ms)^ *(`{3,})[^`\\n]*$.*?^ *\\1$|<!--.*?-->|`[^`\\n]+`");

    /** In Markdown, a row of a table and a line of one word, such as a link, cannot be broken. */
    private static final Pattern UNBREAKABLE = Pattern.compile("\\|.*|\\s*\\S+");

    /** The first lines are words that leave the subject open; the others are coined words and figures of speech. */
    private static final Pattern WORDS = Pattern.compile(
            "\\b(for ever|anew|(?:some|any|no|every)body|who(?:m)?ever|who (?:asks|waits|reads|writes|finds|comes)"
                    + "|no such thing|as if, and|nothing is known|never heard of|given out|again and again"
                    + "|whatever store|is away|all the same|in hope|stumbles?|knocks?"
                    + "|lookout|forgetting|noting|desk|machinery|hinge|order book|demo book)\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void sources_have_no_long_lines_and_no_banned_words() throws IOException {
        List<String> findings = new ArrayList<>();
        for (String module : MODULES) {
            for (Path file : sources(Path.of("..", module, "src"))) {
                findings.addAll(findings(file.toString(), Files.readString(file)));
            }
        }
        assertThat(findings).as("lines to break and words to replace").isEmpty();
    }

    @Test
    void pages_have_no_long_lines_and_no_banned_words() throws IOException {
        List<String> findings = new ArrayList<>();
        for (Path file : pages()) {
            findings.addAll(findingsInMarkdown(file.toString(), Files.readString(file)));
        }
        assertThat(findings).as("lines to break and words to replace").isEmpty();
    }

    @Test
    void pages_are_found_without_what_was_built() throws IOException {
        assertThat(pages())
                .extracting(path -> path.getFileName().toString())
                .contains("README.md", "CHANGELOG.md", "01-why-two-models.md", "rules.md");
        assertThat(pages()).noneMatch(path -> path.startsWith(Path.of("..", "docs", "target")));
    }

    @Test
    void a_banned_word_in_markdown_is_detected_in_prose_only() {
        String page = """
                # A page for everybody

                | a row | that nobody reads | %s |
                <!-- somebody's comment, anew -->
                `whoever` is code, and so is this:

                ```java
                // kept for ever %s
                ```

                Prose again: whoever reads this. %s
                """.formatted("x".repeat(120), "x".repeat(120), "x".repeat(120));
        assertThat(findingsInMarkdown("planted.md", page))
                .containsExactly(
                        "planted.md:1: \"everybody\"",
                        "planted.md:3: \"nobody\"",
                        "planted.md:11: ends at column 153",
                        "planted.md:11: \"whoever\"");
    }

    @Test
    void sources_are_found_without_this_list_of_words() throws IOException {
        assertThat(sources(Path.of("..", "core", "src")))
                .extracting(path -> path.getFileName().toString())
                .contains("EventStore.java", "EventStoreContract.java")
                .doesNotContain("EnglishTest.java");
        assertThat(sources(Path.of("..", "api", "src")))
                .extracting(path -> path.getFileName().toString())
                .contains("openapi.yaml", "traces.js", "server.css", "index.html");
        assertThat(sources(Path.of("..", "store-postgres", "src")))
                .extracting(path -> path.getFileName().toString())
                .contains("R__02_append.sql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** Readable for ever. */",
                "// begins anew",
                "/** Somebody waits. */",
                "// if anybody has it",
                "void nobody_waits_afterwards() {",
                "void toldEverybody() {",
                "void whoever_counts_is_told() {",
                "/** Who asks is answered. */",
                "/** There is no such thing. */",
                "const text = \"The server is away.\";",
                "description: A cursor as it was given out",
                "function showHinge() {"
            })
    void a_banned_word_is_detected(String planted) {
        assertThat(findings("Planted.java", "class Planted {\n" + planted + "\n}"))
                .singleElement()
                .asString()
                .startsWith("Planted.java:2: ");
    }

    @Test
    void a_line_beyond_column_120_is_detected() {
        String line = "/".repeat(120);
        assertThat(findings("Planted.java", "\n" + line + "/")).containsExactly("Planted.java:2: ends at column 121");
        assertThat(findings("Fine.java", line + "\n" + "📖".repeat(120))).isEmpty();
    }

    @Test
    void plain_words_are_accepted() {
        assertThat(findings("Fine.java", "/** Kept forever: the body of a request; a customer who asked again. */"))
                .isEmpty();
    }

    /** Blanks what is no prose, and keeps the number of each line. */
    private static List<String> findingsInMarkdown(String file, String text) {
        String prose = NO_PROSE.matcher(text).replaceAll(match -> {
            boolean block = match.group().contains("\n") || match.group().startsWith("<!--");
            return block
                    ? match.group().replaceAll("[^\n]+", "")
                    : "x".repeat(match.group().length());
        });
        List<String> lines = prose.lines().toList();
        return findings(file, prose).stream()
                .filter(found -> !found.contains(": ends at column ")
                        || !UNBREAKABLE
                                .matcher(lines.get(Integer.parseInt(found.split(":", -1)[1]) - 1))
                                .matches())
                .toList();
    }

    private static List<String> findings(String file, String text) {
        List<String> lines = text.lines().toList();
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String place = file + ":" + (i + 1) + ": ";
            int columns = lines.get(i).codePointCount(0, lines.get(i).length());
            if (columns > LAST_COLUMN) {
                findings.add(place + "ends at column " + columns);
            }
            Matcher word = WORDS.matcher(words(lines.get(i)));
            while (word.find()) {
                findings.add(place + '"' + word.group() + '"');
            }
        }
        return findings;
    }

    /** Returns the line with names split: {@code nobody_waits} and {@code toldEverybody} are two words each. */
    private static String words(String line) {
        return line.replace('_', ' ').replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }

    private static List<Path> pages() throws IOException {
        Path docs = Path.of("..", "docs");
        try (Stream<Path> files = Files.walk(docs)) {
            return Stream.concat(Stream.of(Path.of("..", "README.md")), files)
                    .filter(path -> path.toString().endsWith(".md") && !path.startsWith(docs.resolve("target")))
                    .toList();
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> SOURCE.matcher(path.toString()).matches())
                    .filter(path -> !path.endsWith("EnglishTest.java"))
                    .toList();
        }
    }
}

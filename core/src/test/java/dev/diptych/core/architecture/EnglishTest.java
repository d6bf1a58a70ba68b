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
 * a named subject, such as the caller, the client or another node. Reads Java, SQL, the page, and the description of
 * the API.
 */
class EnglishTest {

    /** The modules whose main and test sources are checked. */
    private static final List<String> MODULES = List.of("core", "store-memory", "store-postgres", "api");

    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|sql|js|css|html|yaml)");

    private static final int LAST_COLUMN = 120;

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

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> SOURCE.matcher(path.toString()).matches())
                    .filter(path -> !path.endsWith("EnglishTest.java"))
                    .toList();
        }
    }
}

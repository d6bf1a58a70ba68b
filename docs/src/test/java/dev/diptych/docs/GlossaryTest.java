package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each type that the glossary, or the map of names, gives for a word is there, and the words stand in their order. */
class GlossaryTest {

    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern WORD = Pattern.compile("(?m)^\\| ([a-z ]+) \\| .* \\|$");

    /** The second column of the map: the name in this code. */
    private static final Pattern HERE = Pattern.compile("(?m)^\\| `.*?` \\| (`\\w+`) \\| .* \\|$");

    @Test
    void every_type_that_the_glossary_names_is_there_and_its_words_are_sorted() {
        String text = Repo.text(Repo.ROOT.resolve("docs/glossary.md"));
        assertThat(missing(text)).as("types that are not there").isEmpty();
        List<String> words =
                found(WORD, text).stream().filter(word -> !word.equals("word")).toList();
        assertThat(words).hasSizeGreaterThan(20).isSorted();
    }

    @Test
    void every_type_that_the_map_of_names_leads_to_is_there() {
        String map = Repo.text(Repo.ROOT.resolve("docs/names.md"));
        assertThat(found(HERE, map)).hasSizeGreaterThan(15);
        assertThat(missing(String.join("\n", found(HERE, map)))).isEmpty();
    }

    @Test
    void a_type_that_is_not_there_is_found() {
        assertThat(found(HERE, "| `TheirOrder` | `OurOrder` | none |")).containsExactly("`OurOrder`");
        assertThat(missing("| order | what is ordered | `Order`, `Ordre` |")).containsExactly("Ordre");
    }

    private static List<String> missing(String text) {
        return found(TYPE, text).stream()
                .filter(type -> Repo.allSources().stream().noneMatch(path -> path.endsWith(type + ".java")))
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}

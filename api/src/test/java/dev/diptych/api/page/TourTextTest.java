package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.OverHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The texts of the tour: short, with the words of the glossary, and with chapters that exist. EnglishTest reads them,
 * as all sources of the page.
 */
class TourTextTest extends OverHttp {

    private static final Path STEPS = Path.of("src/main/resources/dev/diptych/api/page/tour/steps.js");
    private static final Path GLOSSARY = Path.of("../docs/glossary.md");

    private static final Pattern TEXT = Pattern.compile("(say|seen): \\[([^]]*)]");
    private static final Pattern SENTENCE = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern CHAPTER = Pattern.compile("chapter: \"([^\"]*)\"");

    private static final int MAX_SENTENCES = 3;
    private static final int MAX_WORDS = 25;

    /** What a visitor is to know afterwards. */
    private static final List<String> TERMS = List.of(
            "aggregate",
            "checkpoint",
            "command",
            "consistency token",
            "event",
            "horizon",
            "position",
            "projection",
            "query",
            "read model",
            "version");

    @Test
    void each_text_has_at_most_three_short_sentences() throws IOException {
        String steps = Files.readString(STEPS);
        assertThat(TEXT.matcher(steps).results()).hasSize(2 * Tour.STEPS);
        assertThat(faults(steps)).isEmpty();
    }

    @Test
    void a_text_that_is_too_long_is_found() {
        String tooLong = "word ".repeat(MAX_WORDS) + "word.";
        assertThat(faults("say: [\"" + tooLong + "\"]")).containsExactly("too long: " + tooLong);
        assertThat(faults("seen: [\"One. Two.\"]")).containsExactly("not one sentence: One. Two.");
        assertThat(faults("say: [\"A.\", \"B.\", \"C.\", \"D.\"]")).containsExactly("4 sentences: A.");
    }

    @Test
    void the_tour_uses_the_words_of_the_glossary() throws IOException {
        String steps = Files.readString(STEPS);
        String glossary = Files.readString(GLOSSARY);
        assertThat(TERMS).allSatisfy(term -> {
            assertThat(steps).contains(term);
            assertThat(glossary).contains("| " + term + " |");
        });
    }

    @Test
    void each_step_links_a_chapter_that_the_server_has() throws IOException {
        List<String> chapters = CHAPTER.matcher(Files.readString(STEPS))
                .results()
                .map(found -> found.group(1) + ".md")
                .toList();
        assertThat(chapters).hasSize(Tour.STEPS);
        for (String chapter : chapters) {
            var answer = http.get("/page/chapters/" + chapter, "Accept", "text/plain");
            assertThat(answer.status()).as(chapter).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
            assertThat(answer.response().body())
                    .isEqualTo(Files.readString(Path.of("../docs/chapters").resolve(chapter)));
        }
        assertThat(http.get("/page/chapters/99-none.md", "Accept", "text/plain").status())
                .isEqualTo(404);
    }

    private static List<String> faults(String steps) {
        List<String> faults = new ArrayList<>();
        TEXT.matcher(steps).results().forEach(text -> {
            List<String> sentences = SENTENCE.matcher(text.group(2))
                    .results()
                    .map(sentence -> sentence.group(1))
                    .toList();
            if (sentences.isEmpty() || sentences.size() > MAX_SENTENCES) {
                faults.add(sentences.size() + " sentences: " + String.join("", sentences.subList(0, 1)));
            }
            sentences.stream().map(TourTextTest::fault).flatMap(List::stream).forEach(faults::add);
        });
        return faults;
    }

    private static List<String> fault(String sentence) {
        if (sentence.chars().filter(each -> each == ' ').count() >= MAX_WORDS) {
            return List.of("too long: " + sentence);
        }
        return sentence.matches("[A-Z][^.]*\\.") ? List.of() : List.of("not one sentence: " + sentence);
    }
}

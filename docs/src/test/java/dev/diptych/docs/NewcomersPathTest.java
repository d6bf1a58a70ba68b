package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead a newcomer from the README through every chapter to the exercises, and to a store of their own. */
class NewcomersPathTest {

    private static final String BEGINNING = "README.md";
    private static final String EXERCISES = "docs/exercises/README.md";
    private static final String END = "docs/howto/copy-a-store.md";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(?:#[^)\\s]*)?\\)");

    @Test
    void the_links_lead_from_the_readme_through_every_chapter_to_a_copy_of_a_store() {
        List<String> chapters = Repo.pages().stream()
                .map(Page::name)
                .filter(name -> name.startsWith("docs/chapters/"))
                .toList();
        assertThat(chapters).hasSize(16);
        assertThat(path(Repo.pages()))
                .extracting(Page::name)
                .containsExactlyElementsOf(
                        Stream.of(Stream.of(BEGINNING), chapters.stream(), Stream.of(EXERCISES), Stream.of(END))
                                .flatMap(each -> each)
                                .toList());
    }

    @Test
    void a_chapter_that_leads_elsewhere_is_found() {
        List<Page> astray =
                with("docs/chapters/04-the-event-store.md", "05-the-order-of-events", "06-projections-and-checkpoints");
        assertThat(path(astray)).extracting(Page::name).doesNotContain("docs/chapters/05-the-order-of-events.md");

        List<Page> inACircle =
                with("docs/chapters/16-when-this-happens-do-that.md", "../exercises/README.md", "01-why-two-models.md");
        assertThat(path(inACircle)).extracting(Page::name).doesNotContain(EXERCISES, END);
    }

    /** From page to page by its last link, and from the README by the first that leads to a chapter. */
    private static List<Page> path(List<Page> pages) {
        List<Page> path = new ArrayList<>();
        Page page = named(pages, BEGINNING);
        while (page != null && !path.contains(page)) {
            path.add(page);
            page = page.name().equals(END) ? null : next(page, pages);
        }
        return path;
    }

    private static Page next(Page page, List<Page> pages) {
        List<String> targets = LINK.matcher(String.join("\n", page.prose()))
                .results()
                .map(link -> page.path().resolveSibling(link.group(1)).normalize())
                .map(Repo::relative)
                .toList();
        String next = page.name().equals(BEGINNING)
                ? targets.stream()
                        .filter(target -> target.startsWith("docs/chapters/"))
                        .findFirst()
                        .orElse("")
                : targets.getLast();
        return named(pages, next);
    }

    private static List<Page> with(String name, String link, String other) {
        assertThat(page(name).text()).contains("(" + link);
        return Repo.pages().stream()
                .map(page -> page.name().equals(name)
                        ? new Page(page.path(), page.text().replace("(" + link, "(" + other))
                        : page)
                .toList();
    }

    private static Page page(String name) {
        return Page.read(Repo.ROOT.resolve(Path.of(name)));
    }

    private static Page named(List<Page> pages, String name) {
        return pages.stream()
                .filter(page -> page.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}

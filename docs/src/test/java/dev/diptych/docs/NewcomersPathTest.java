package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The way of somebody who comes to study: from the README through every chapter to the exercises, and to a store of their
 * own. Whoever follows the links comes by every page, and none of them says what no test does, on both stores.
 */
class NewcomersPathTest {

    private static final String BEGINNING = "README.md";
    private static final String EXERCISES = "docs/exercises/README.md";
    private static final String END = "docs/howto/copy-a-store.md";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(?:#[^)\\s]*)?\\)");

    private static final Pattern COPY =
            Pattern.compile("a_copy_of_the_(\\w+)_store_keeps_the_whole_contract_and_serves_another_domain");

    private static final String SESSION = "its session is played on ";
    private static final String EDIT = "its edit makes a test fail";

    @Test
    void the_links_lead_from_the_readme_through_every_chapter_to_a_copy_of_a_store() {
        List<String> chapters = Repo.pages().stream()
                .map(Page::name)
                .filter(name -> name.startsWith("docs/chapters/"))
                .toList();
        assertThat(chapters).hasSize(14);
        assertThat(path(Repo.pages()))
                .extracting(Page::name)
                .containsExactlyElementsOf(
                        Stream.of(Stream.of(BEGINNING), chapters.stream(), Stream.of(EXERCISES), Stream.of(END))
                                .flatMap(each -> each)
                                .toList());
    }

    @Test
    void whatever_a_page_on_the_path_tells_its_reader_to_do_is_done_by_a_test_on_both_stores() throws Exception {
        for (Page page : path(Repo.pages())) {
            assertThat(done(page)).as("what tests do of %s", page).containsAll(toBeDone(page));
        }
    }

    @Test
    void a_chapter_that_leads_elsewhere_is_found() {
        List<Page> astray =
                with("docs/chapters/04-the-event-store.md", "05-the-order-of-events", "06-projections-and-checkpoints");
        assertThat(path(astray)).extracting(Page::name).doesNotContain("docs/chapters/05-the-order-of-events.md");

        List<Page> inACircle =
                with("docs/chapters/14-a-past-that-changes.md", "../exercises/README.md", "01-why-two-models.md");
        assertThat(path(inACircle)).extracting(Page::name).doesNotContain(EXERCISES, END);
    }

    @Test
    void a_page_without_a_session_or_without_an_edit_is_found() throws Exception {
        Page chapter = page("docs/chapters/03-the-aggregate.md");
        assertThat(done(new Page(chapter.path(), chapter.text().replace("```console", "```text"))))
                .doesNotContain(SESSION + "memory", SESSION + "postgres")
                .contains(EDIT);
        assertThat(done(new Page(chapter.path(), chapter.text().replace("```diff", "```text"))))
                .doesNotContain(EDIT);
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

    /** What a page of its kind tells its reader to do. */
    private static Set<String> toBeDone(Page page) {
        return switch (page.name()) {
            case BEGINNING -> Set.of("its tour is played on memory", "its tour is played on postgres");
            case EXERCISES -> Set.of("exercise 1 is solved");
            case END -> Set.of("its steps are followed with memory", "its steps are followed with postgres");
            default -> Set.of(SESSION + "memory", SESSION + "postgres", EDIT);
        };
    }

    /** What the other tests of this module do of a page. */
    private static Set<String> done(Page page) throws Exception {
        Set<String> done = new TreeSet<>();
        TranscriptsTest.sessionsOf(page).forEach(session -> done.add(SESSION + session.get()[1]));
        if (!Edit.in(page).isEmpty()) {
            done.add(EDIT);
        }
        if (page.name().equals(BEGINNING)) {
            ReadmeTest.stores().forEach(store -> done.add("its tour is played on " + store));
        }
        if (page.path().equals(Exercise.README)) {
            Arrays.stream(Exercise.values()).forEach(each -> done.add("exercise " + each.number() + " is solved"));
        }
        if (page.name().equals(END) && !CopiedStore.steps().isEmpty()) {
            Arrays.stream(CopyAStoreTest.class.getDeclaredMethods())
                    .map(test -> COPY.matcher(test.getName()))
                    .filter(Matcher::matches)
                    .forEach(test -> done.add("its steps are followed with " + test.group(1)));
        }
        return done;
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

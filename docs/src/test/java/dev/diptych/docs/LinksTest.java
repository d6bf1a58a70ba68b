package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every relative link in a page leads to a file that is there, and to a heading where it names one. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$");
    private static final Pattern LINK_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    @Test
    void every_relative_link_leads_somewhere() {
        List<Page> pages = Repo.pages();
        assertThat(pages)
                .as("pages")
                .hasSizeGreaterThan(5)
                .anyMatch(page -> page.name().equals("README.md"));
        for (Page page : pages) {
            assertThat(broken(page)).as("broken links in %s", page).isEmpty();
        }
    }

    @Test
    void a_link_that_leads_nowhere_is_found() {
        assertThat(
                        broken(
                                Page.planted(
                                        "# A page\n[a](adr) [b](no/such/page.md) [c](https://example.org/x#y)"
                                                + " [d](#a-page) [e](#no-such) [f](architecture.md#no-such) [g](architecture.md#dependencies)")))
                .containsExactly("no/such/page.md", "#no-such", "architecture.md#no-such");
    }

    @Test
    void every_page_can_be_reached_from_the_readme() {
        assertThat(unreached(Repo.pages())).as("pages to which no link leads").isEmpty();
        Page stray = Page.planted("# Nobody knows me");
        assertThat(unreached(
                        Stream.concat(Repo.pages().stream(), Stream.of(stray)).toList()))
                .containsExactly(stray);
    }

    @Test
    void an_anchor_is_made_of_a_heading_as_the_usual_viewers_do() {
        assertThat(anchors(Page.planted("""
                # The map
                ## `Order`: what it's for, and (maybe) why?
                ## [A link](x.md) in it
                ```sh
                # no heading
                ```
                ## Twice
                ## Twice
                """)))
                .containsExactly("the-map", "order-what-its-for-and-maybe-why", "a-link-in-it", "twice", "twice-1");
    }

    /** What no chain of links leads to; a link to a folder leads to all pages in it. */
    private static List<Page> unreached(List<Page> pages) {
        List<Page> unreached = new ArrayList<>(pages);
        Deque<Page> toFollow = new ArrayDeque<>();
        toFollow.add(Page.read(Repo.ROOT.resolve("README.md")));
        while (!toFollow.isEmpty()) {
            Page page = toFollow.poll();
            if (unreached.remove(page)) {
                List<Path> targets = LINK.matcher(String.join("\n", page.prose()))
                        .results()
                        .map(link -> page.path().resolveSibling(link.group(1)).normalize())
                        .toList();
                unreached.stream()
                        .filter(each -> targets.contains(each.path())
                                || targets.contains(each.path().getParent()))
                        .forEach(toFollow::add);
            }
        }
        return unreached;
    }

    private static List<String> broken(Page page) {
        return LINK.matcher(String.join("\n", page.prose()))
                .results()
                .filter(link -> !leadsSomewhere(page, link))
                .map(link -> link.group(1) + (link.group(2) == null ? "" : "#" + link.group(2)))
                .toList();
    }

    private static boolean leadsSomewhere(Page page, MatchResult link) {
        Path target = link.group(1).isEmpty()
                ? page.path()
                : page.path().resolveSibling(link.group(1)).normalize();
        if (link.group(2) == null) {
            return Files.exists(target);
        }
        Page linked = target.equals(page.path()) ? page : Files.isRegularFile(target) ? Page.read(target) : null;
        return linked != null && anchors(linked).contains(link.group(2));
    }

    private static List<String> anchors(Page page) {
        List<String> anchors = new ArrayList<>();
        for (String line : page.prose()) {
            HEADING.matcher(line).results().forEach(heading -> {
                String anchor = anchor(heading.group(1));
                long before = anchors.stream()
                        .filter(each -> each.matches(Pattern.quote(anchor) + "(-\\d+)?"))
                        .count();
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            });
        }
        return anchors;
    }

    private static String anchor(String heading) {
        return LINK_TEXT
                .matcher(heading)
                .replaceAll("$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                .replace(' ', '-');
    }
}

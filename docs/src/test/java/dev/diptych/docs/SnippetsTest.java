package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.docs.Page.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code in a page is cut from the sources and compared with them. {@code -Dupdate.docs} rewrites it; see
 * {@code docs/CONTRIBUTING.md}.
 */
class SnippetsTest {

    /** Code: to be cut from a source. */
    private static final Set<String> CODE = Set.of("java", "js", "sql", "xml", "json");

    /** What other tests look at, or what is no code of this project. */
    private static final Set<String> OTHERS =
            Set.of("sh", "bash", "console", "text", "diff", "mermaid", "tree", "markdown");

    static Stream<Page> pages() {
        return Repo.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void code_names_its_source(Page page) {
        assertThat(unmarked(page)).as("fences that say no source").isEmpty();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("pages")
    void code_is_cut_from_the_sources(Page page) {
        Page current = current(page);
        if (Repo.UPDATE && !current.text().equals(page.text())) {
            current.write();
        } else {
            assertThat(page.text()).as("-Dupdate.docs rewrites it").isEqualTo(current.text());
        }
    }

    @Test
    void a_listing_is_shown_once() {
        assertThat(repeated(pages().toList()))
                .as("listings that repeat another")
                .isEmpty();
        Page first = Page.planted(listing("Order.java#ship", "void ship(Instant at) {\n    raise(at);\n}\n"));
        Page second = Page.planted(listing("Order.java#\"raise\"", "    raise(at);\n"));
        Page other = Page.planted(listing("Order.java#pay", "void pay() {\n}\n"));
        assertThat(repeated(List.of(first, other, second))).containsExactly("Order.java#\"raise\" in docs/planted.md");
    }

    private static String listing(String source, String code) {
        return "<!-- snippet: " + source + " -->\n```java\n" + code + "```\n";
    }

    /** The snippets that are a part of one before them, or the whole of it. */
    private static List<String> repeated(List<Page> pages) {
        List<String> shown = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        for (Page page : pages) {
            for (Fence fence : page.fences()) {
                String source = fence.noted("snippet");
                if (!source.isEmpty() && !page.name().startsWith("docs/reference/")) { // those are complete lists
                    String code = fence.text().strip();
                    if (code.isEmpty()) {
                        continue; // another test finds it
                    }
                    if (shown.stream().anyMatch(each -> each.contains(code) || code.contains(each))) {
                        repeated.add(source + " in " + page);
                    }
                    shown.add(code);
                }
            }
        }
        return repeated;
    }

    /** The page with every snippet as it stands in its source now. */
    private static Page current(Page page) {
        Page current = page;
        for (Fence fence : page.fences().reversed()) { // from the end, so that the lines before keep their numbers
            String source = fence.noted("snippet");
            if (!source.isEmpty()) {
                current = current.with(fence, Snippet.cut(source));
            }
        }
        return current;
    }

    private static List<String> unmarked(Page page) {
        List<String> unmarked = new ArrayList<>();
        for (Fence fence : page.fences()) {
            boolean marked = Stream.of("snippet", "by hand", "new file")
                    .anyMatch(note -> !fence.noted(note).isEmpty());
            if (CODE.contains(fence.language()) ? !marked : !OTHERS.contains(fence.language())) {
                unmarked.add("line " + fence.first() + ", language '" + fence.language() + "'");
            }
        }
        return unmarked;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"```java\nint i;\n```\n", "```sql\nSELECT 1\n```\n", "```\nwhat?\n```\n", "```yaml\na: 1\n```\n"
            })
    void a_fence_without_a_source_is_found(String text) {
        assertThat(unmarked(Page.planted(text))).hasSize(1);
    }

    @Test
    void a_snippet_that_differs_from_its_source_is_found_and_rewritten() {
        String page = """
                Text.

                <!-- snippet: OrderCommand.java#ShipOrder -->
                ```java
                record ShipOrder(String orderId) implements OrderCommand {}
                ```

                1. In a list:

                   <!-- snippet: OrderCommand.java#OrderCommand -->
                   ```java
                   ```
                """;
        Page current = current(Page.planted(page));
        assertThat(current.text())
                .isNotEqualTo(page)
                .contains("\nrecord ShipOrder(String orderId, Instant shippedAt) implements OrderCommand {\n")
                .contains("\n   public sealed interface OrderCommand")
                .endsWith("   ```\n");
        assertThat(current(current)).isEqualTo(current);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Order.java#State | record State( | }",
                "Order.java#ship | void ship(Instant at) { | }",
                "Order.java#\"case PAID -> raise\" | case PAID -> raise( | );",
                "OrderCommand.java#\"OrderCommand.class,\" | OrderCommand.class, | decide(order, command)));",
                "OrderEvent.java#OrderPaid | record OrderPaid( | }",
                "OrderRejection.java#NotPaid | @Rule( | }",
                "EventStore.java#readAll | EventPage readAll(long | limit);",
                "Batch.java#fold | public <E, R> Map<String, Optional<R>> fold( | }",
                "R__03_horizon.sql#\"SELECT min(\" | SELECT min((( | current_database());",
                "read-all.sql | -- PostgresEventStore.readAll | LIMIT ?",
            })
    void a_part_is_found_by_what_it_is(String note, String begins, String ends) {
        assertThat(Snippet.cut(note).strip()).startsWith(begins).endsWith(ends);
    }

    @Test
    void a_source_that_is_not_there_is_found() {
        for (String note : List.of("NoSuch.java", "Order.java#noSuch", "Order.java#\"no such text\"", "pom.xml")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Snippet.cut(note)))
                    .as(note)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

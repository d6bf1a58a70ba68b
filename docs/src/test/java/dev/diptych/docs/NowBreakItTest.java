package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diptych.docs.BrokenCopy.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a page says that a test fails under an edit, it does, and says what the page says. */
class NowBreakItTest {

    static Stream<Page> chapters() {
        return Repo.pages().stream().filter(page -> page.name().startsWith("docs/chapters/"));
    }

    static Stream<Edit> edits() {
        return Repo.pages().stream().flatMap(page -> Edit.in(page).stream());
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void every_chapter_ends_with_something_to_try_and_something_to_break(Page page) {
        assertThat(page.text().lines()).as("lines").hasSizeLessThan(250);
        List<String> headings =
                page.prose().stream().filter(line -> line.startsWith("## ")).toList();
        assertThat(headings.subList(headings.size() - 2, headings.size()))
                .containsExactly("## Try it", "## Now break it");
        assertThat(page.fences("console")).as("sessions").isNotEmpty();
        assertThat(Edit.in(page)).as("edits").hasSize(1);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("edits")
    void an_edit_fits_and_its_test_is_there_and_named_in_the_text(Edit edit) {
        assertThat(edit.applied()).isNotEqualTo(Repo.text(Repo.file(edit.file())));
        assertThat(Repo.file(edit.type() + ".java")).exists();
        assertThat(Repo.allSources())
                .as("a source with that test")
                .anyMatch(path -> path.toString().contains("src/test/java")
                        && Repo.text(path).contains("void " + edit.method() + "("));
        assertThat(String.join("\n", edit.page().prose())).contains(edit.type()).contains(edit.method());
        assertThat(edit.command()).isEqualTo(command(edit));
    }

    /** What runs the test, in the root of the project; a tagged one is excluded otherwise. */
    private static String command(Edit edit) {
        Path test = Repo.file(edit.type() + ".java");
        String path = Repo.relative(test);
        return "mvn -q -pl " + path.substring(0, path.indexOf('/')) + " -am test -Dtest=" + edit.type() + "#"
                + edit.method() + (Repo.text(test).contains("@Tag(\"full\")") ? " -Dtest.excluded=" : "");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("edits")
    void the_named_test_fails_under_the_edit_and_says_what_the_page_says(Edit edit) throws Exception {
        Outcome outcome = BrokenCopy.run(edit);
        assertThat(edit.sentence()).as("the sentence").contains(" ").hasSizeGreaterThan(15);
        assertThat(outcome.failed()).as("%s fails: %s", edit, outcome.output()).isTrue();
        assertThat(inOneLine(outcome.output())).contains(inOneLine(edit.sentence()));
    }

    private static String inOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static final String EDIT = """
            <!-- break: Order.java; fails: OrderTest#a_paid_order_is_shipped -->
            ```diff
             case SHIPPED -> {}
            -case CANCELLED -> reject(new OrderRejection.Cancelled(id(), state.reason()));
            +case CANCELLED -> {}
             }
            ```
            ```sh
            mvn -q -pl core -am test -Dtest=OrderTest#a_paid_order_is_shipped
            ```
            `OrderTest.a_paid_order_is_shipped` says
            ```text
            what it says
            ```
            """;

    @Test
    void an_edit_is_read_and_applied() {
        Edit edit = Edit.in(Page.planted(EDIT)).getFirst();
        assertThat(edit.method()).isEqualTo("a_paid_order_is_shipped");
        assertThat(edit.command()).isEqualTo(command(edit));
        assertThat(edit.sentence()).isEqualTo("what it says");
        assertThat(edit.applied("a\n  case SHIPPED -> {}\n  case CANCELLED -> reject(new OrderRejection.Cancelled("
                        + "id(), state.reason()));\n }\n"))
                .isEqualTo("a\ncase SHIPPED -> {}\ncase CANCELLED -> {}\n}\n");
    }

    @Test
    void an_edit_that_does_not_fit_is_found() {
        Edit edit = Edit.in(Page.planted(EDIT.replace("SHIPPED -> {}", "SENT -> {}")))
                .getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(edit::applied)
                .withMessageContaining("stand 0 times in Order.java");
        for (String missing : List.of("; fails:", "```sh", "```text")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Edit.in(Page.planted(EDIT.replace(missing, missing.replaceFirst("\\w+", "bash")))))
                    .withMessageContaining("An edit needs");
        }
    }

    @Test
    @Tag("full")
    void an_edit_under_which_the_test_passes_is_found() throws Exception {
        Outcome outcome = BrokenCopy.run(Edit.in(Page.planted(EDIT)).getFirst());
        assertThat(outcome.failed()).isFalse();
        assertThat(outcome.output()).contains("1 passed, 0 failed");
    }
}

package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A how-to that has its reader write and change files works as written, in a copy of this project. */
class HowToTest {

    @TempDir
    private Path scratch;

    static Stream<Page> pages() {
        return Repo.pages().stream().filter(Step::areIn);
    }

    @Test
    void there_are_such_pages() {
        assertThat(pages())
                .extracting(Page::name)
                .containsExactly(
                        "docs/howto/add-a-command.md",
                        "docs/howto/add-a-view.md",
                        "docs/howto/change-an-event.md",
                        "docs/howto/write-a-store.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void its_steps_are_numbered(Page page) {
        List<String> headings =
                page.prose().stream().filter(line -> line.startsWith("## ")).toList();
        assertThat(headings)
                .hasSizeBetween(3, 12)
                .extracting(heading -> heading.replaceFirst("^## (\\d+)\\. .*", "$1"))
                .isEqualTo(IntStream.rangeClosed(1, headings.size())
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(Step.in(page).getLast()).as("the last step").isInstanceOf(Step.Commands.class);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("pages")
    void every_edit_fits(Page page) throws Exception {
        Step.write(page, scratch);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("pages")
    void it_works_as_written(Page page) throws Exception {
        var project = ScratchProject.named(name(page));

        project.follow(Step.in(page));

        assertThat(project.reports())
                .as("tests that ran")
                .hasSizeGreaterThan(10)
                .allMatch(TestReports.Case::passed);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add-a-command.md | golden/order-delivered.v1.json | order-delivered.v1 can be stored, but has no golden file
            change-an-event.md | golden/subscription-plan-changed.v2.json | subscription-plan-changed.v2 can be stored, but has no golden file
            """)
    void a_step_that_is_left_out_is_missed(String page, String file, String complaint) throws Exception {
        Page howTo = Page.read(Repo.ROOT.resolve("docs/howto").resolve(page));
        var project = ScratchProject.named(name(howTo) + "-broken");
        List<Step> steps = new ArrayList<>(Step.in(howTo));
        assertThat(steps.removeIf(step ->
                        step instanceof Step.NewFile written && written.path().endsWith(file)))
                .isTrue();
        Step last = steps.removeLast();
        steps.removeIf(Step.Commands.class::isInstance);
        project.follow(steps);

        Bash.Run run = project.run(((Step.Commands) last).script());

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains(complaint);
    }

    @Tag("full")
    @Test
    void a_store_that_breaks_promises_does_not_pass() throws Exception {
        var project = ScratchProject.named("store-broken");
        List<Step> steps = new ArrayList<>(Step.in(Page.read(Repo.ROOT.resolve("docs/howto/write-a-store.md"))));
        Step last = steps.removeLast();
        project.follow(steps);
        Path store = project.root().resolve("store-list/src/main/java/dev/diptych/store/list/ListEventStore.java");
        String text = Files.readString(store);
        String broken = text.replace("!expected.accepts(before.version(), history)", "before.version() > 1_000")
                .replace("clock.instant().minus(age)", "clock.instant()");
        Files.writeString(store, broken);

        Bash.Run run = project.run(((Step.Commands) last).script());

        assertThat(run.status()).isNotZero();
        assertThat(run.output())
                .contains("The contract says: an exact version accepts only that version")
                .contains("The contract says: no command id is pruned within a day");
    }

    private static String name(Page page) {
        return page.path().getFileName().toString().replace(".md", "");
    }

    private static final String PAGE = """
            <!-- new file: docs/new.txt -->
            ```text
            new
            ```
            <!-- edit: OrderCommand.java -->
            ```diff
            +import java.time.Clock;
             import java.time.Instant;
            @@
            -record ShipOrder(String orderId, Instant shippedAt) implements OrderCommand {
            +record ShipOrder(String orderId, Instant at) implements OrderCommand {
            ```
            ```bash
            echo done
            ```
            """;

    @ParameterizedTest
    @CsvSource({
        "shippedAt,sentAt,stand 0 times in OrderCommand.java",
        "OrderCommand.java,NoSuch.java,There is no file",
        "docs/new.txt,docs/README.md,There is a file docs/README.md already"
    })
    void a_step_that_cannot_be_done_is_found(String right, String wrong, String complaint) {
        Page page = Page.planted(PAGE.replaceFirst(right, wrong));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Step.write(page, scratch))
                .withMessageContaining(complaint);
    }
}

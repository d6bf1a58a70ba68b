package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A reader who solves the first exercise by hand, and then adds a command and a view as the how-tos say, under other
 * names, has a green build: no test of {@code mvn verify} holds a page to the code that the reader has changed.
 */
@Tag("full")
class ReadersBuildTest {

    private static final Path READY = Repo.ROOT.resolve("docs/src/test/resources/howto");

    /** Where the renamed copies of what the how-tos have ready are put; Maven and Git overlook it. */
    private static final String RENAMED = "target/ready";

    /** Other names, and in the table of the specs what the exercise has added. */
    private static final Map<String, String> COLLECTED = Map.of(
            "Deliver",
            "Collect",
            "deliver",
            "collect",
            "DELIVER",
            "COLLECT",
            "PAY, SHIP, CANCEL, CANCEL_UNPAID",
            "PAY, SHIP, CANCEL, CANCEL_UNPAID, WRAP",
            "List.of(OrderPlaced.class",
            "List.of(OrderPlaced.class, NOT_FOUND",
            "OrderCancelled.class, OrderCancelled.class",
            "OrderCancelled.class, OrderCancelled.class, OrderGiftWrapped.class",
            "OrderShipped.class, OrderCancelled.class, Paid.class",
            "OrderShipped.class, OrderCancelled.class, Paid.class, OrderGiftWrapped.class",
            "NOTHING, Shipped.class, Paid.class",
            "NOTHING, Shipped.class, Paid.class, ShippedUnwrapped.class",
            "Cancelled.class, Cancelled.class, NOTHING, NOTHING",
            "Cancelled.class, Cancelled.class, NOTHING, NOTHING, Cancelled.class");

    /** What the compiler asks for then: the behaviour that the exercise has added handles the new status. */
    private static final String A_COLLECTED_ORDER_IS_WRAPPED = """
            <!-- edit: orders/write/Order.java -->
            ```diff
            -case SHIPPED -> {
            +case SHIPPED, COLLECTED -> {
            ```
            <!-- edit: OrderDecider.java -->
            ```diff
            -case SHIPPED ->
            +case SHIPPED, COLLECTED ->
            ```
            """;

    @Test
    void the_build_is_green_after_an_exercise_a_command_and_a_view() throws Exception {
        var project = ScratchProject.named("reader");
        solveTheFirstExercise(project);
        perform(project, "add-a-command", COLLECTED);
        project.follow(Step.in(Page.planted(A_COLLECTED_ORDER_IS_WRAPPED)));
        perform(
                project,
                "add-a-view",
                Map.of(
                        "Cancellation",
                        "Refusal",
                        "cancellation",
                        "refusal",
                        // what the exercise has added
                        "import dev.diptych.core.orders.events.OrderEvent.Progress;",
                        "import dev.diptych.core.orders.events.OrderEvent.OrderGiftWrapped;\n"
                                + "import dev.diptych.core.orders.events.OrderEvent.Progress;",
                        "            case Progress e -> Set.of();",
                        "            case OrderGiftWrapped e -> Set.of();\n            case Progress e -> Set.of();"));
        done(project, "mvn -q -Pformat");

        done(project, "mvn -q verify");

        assertThat(project.reports()).hasSizeGreaterThan(1_000).allMatch(TestReports.Case::passed);
    }

    /** With what {@code mvn verify} asks for then, as the page of the exercises says. */
    private static void solveTheFirstExercise(ScratchProject project) throws Exception {
        ExerciseCopy.apply(Exercise.GIFT_WRAP.solution(), project.root());
        Page afterwards = Page.read(Repo.file("exercises/1/afterwards.txt"));
        project.follow(Step.in(afterwards));
    }

    /** All steps of a how-to but the last, which runs some of the tests. */
    private static void perform(ScratchProject project, String howTo, Map<String, String> names) throws Exception {
        Path ready = READY.resolve(howTo);
        try (Stream<Path> files = Files.walk(ready)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = project.root().resolve(RENAMED).resolve(renamed(Repo.relative(file), names));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, renamed(Repo.text(file), names));
            }
        }
        List<Step> steps = new ArrayList<>(Step.in(Page.read(Repo.ROOT.resolve("docs/howto/" + howTo + ".md"))));
        steps.removeLast();
        project.follow(steps.stream().map(step -> renamed(step, names)).toList());
    }

    private static Step renamed(Step step, Map<String, String> names) {
        return switch (step) {
            case Step.NewFile file -> new Step.NewFile(renamed(file.path(), names), renamed(file.text(), names));
            case Step.Change change -> new Step.Change(change.page(), change.file(), renamed(change.diff(), names));
            case Step.Commands commands ->
                new Step.Commands(
                        renamed(commands.script(), names).replace("docs/src/test", RENAMED + "/docs/src/test"));
        };
    }

    private static String renamed(String text, Map<String, String> names) {
        String renamed = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    private static void done(ScratchProject project, String command) throws Exception {
        Bash.Run run = project.run(command);
        assertThat(run.status()).as("%s%n%s", command, run.output()).isZero();
    }
}

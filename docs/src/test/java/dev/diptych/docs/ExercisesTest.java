package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every exercise fails as its page says, and can be solved: its solution, applied to a copy of the sources, passes. */
@Tag("full")
class ExercisesTest {

    private ExerciseCopy copy;

    @BeforeEach
    void copySources(@TempDir Path directory) throws IOException {
        copy = new ExerciseCopy(directory);
    }

    @ParameterizedTest
    @EnumSource
    void before_it_is_solved_its_tests_fail_as_the_page_says(Exercise exercise) throws IOException {
        assertThat(copy.compileAgainstTheBuild(exercise))
                .contains("cannot find symbol", "class " + exercise.missing() + "\n");
        assertThat(exercise.section())
                .contains("`cannot find symbol`, class `" + exercise.missing() + "`")
                .contains("mvn -q -Pexercise -Dn=" + exercise.number() + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void its_solution_passes_all_of_its_tests(Exercise exercise) throws Exception {
        copy.apply(exercise.solution());
        assertThat(copy.compile(exercise)).as("what the compiler says").isEmpty();
        assertThat(copy.run(exercise.test())).contains(exercise.tests() + " passed, 0 failed");
    }

    /** Each of the mistakes that the tests are there for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LATE_ORDERS | case OrderCancelled e -> null; | case OrderCancelled e -> row; | an_order_that_is_shipped_or_cancelled_is_no_longer_late
            UNSHIPPED_ORDERS | case OrderShipped e -> null; | case OrderShipped e -> open; | for_an_order_that_was_shipped_or_cancelled
            UNSHIPPED_ORDERS | e.paidAt() | e.paidAt().minusSeconds(9_999_999) | the_days_count_from_the_payment
            UNSHIPPED_ORDERS | REASON, now | REASON, item.task().dueAt() | the_cancellation_has_the_time_of_the_store
            """)
    void a_wrong_solution_fails(Exercise exercise, String right, String wrong, String test) throws Exception {
        String solution = exercise.solution();
        assertThat(solution).contains(right);
        copy.apply(solution.replace(right, wrong == null ? "" : wrong));
        assertThat(copy.compile(exercise)).isEmpty();
        assertThat(copy.run(exercise.test())).contains(test).doesNotContain(" passed, 0 failed");
    }

    @ParameterizedTest
    @EnumSource(names = "UNSHIPPED_ORDERS")
    void its_command_is_red_before_and_green_after(Exercise exercise) throws Exception {
        var project = ScratchProject.named("exercise-" + exercise.number());
        String command = "mvn -q -Pexercise -Dn=" + exercise.number() + " -pl docs/exercises -am";
        assertThat(project.run(command).output())
                .contains("cannot find symbol")
                .contains("class " + exercise.missing());

        ExerciseCopy.apply(exercise.solution(), project.root());

        Bash.Run run = project.run(command);
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(project.reports()).hasSize(exercise.tests()).allMatch(TestReports.Case::passed);
    }
}

package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseAllTest {

    @Test
    void every_step_runs_and_the_first_failure_contains_the_others() {
        List<String> taken = new ArrayList<>();
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        assertThatThrownBy(() -> CloseAll.run(List.of(
                        () -> taken.add("one"),
                        () -> {
                            throw first;
                        },
                        () -> taken.add("two"),
                        () -> {
                            throw second;
                        },
                        () -> taken.add("three"))))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(taken).containsExactly("one", "two", "three");
    }
}

package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LawTest {

    private static int digit(Random random) {
        return random.nextInt(10);
    }

    @Test
    void a_list_that_violates_a_law_is_shrunk_to_the_steps_that_matter() {
        Law<Integer> noThreeAfterSeven =
                steps -> assertThat(steps.lastIndexOf(3) > steps.indexOf(7) && steps.contains(7))
                        .as("a 3 after a 7")
                        .isFalse();
        assertThatThrownBy(() -> noThreeAfterSeven.holds(1, 100, 30, LawTest::digit))
                .hasMessageContaining("These steps violate the law: \n  7\n  3\nin that")
                .hasMessageContaining("a 3 after a 7");
    }

    @Test
    void a_law_is_checked_with_the_same_lists_for_the_same_seed() {
        List<List<Integer>> first = new ArrayList<>();
        List<List<Integer>> second = new ArrayList<>();
        Law<Integer> one = first::add;
        Law<Integer> other = second::add;
        one.holds(7, 3, 20, LawTest::digit);
        other.holds(7, 3, 20, LawTest::digit);
        assertThat(first).hasSize(3).doesNotHaveDuplicates().isEqualTo(second);
    }

    sealed interface Shape {
        record Circle(int radius) implements Shape {
            public Circle {
                if (radius == 1) {
                    throw new IllegalArgumentException("too small");
                }
            }
        }

        record Box(String name, List<Integer> sides) implements Shape {}
    }

    @Test
    void random_examples_are_of_every_record_and_valid() {
        var random = new Random(1);
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            shapes.add(Examples.random(Shape.class, random));
        }
        assertThat(shapes).hasAtLeastOneElementOfType(Shape.Circle.class).hasAtLeastOneElementOfType(Shape.Box.class);
    }
}

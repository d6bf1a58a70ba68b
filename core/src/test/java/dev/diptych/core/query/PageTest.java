package dev.diptych.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void a_page_states_whether_there_are_more_items() {
        assertThat(Page.of(List.of(1, 2, 3), 2)).isEqualTo(new Page<>(List.of(1, 2), true));
        assertThat(Page.of(List.of(1, 2), 2)).isEqualTo(new Page<>(List.of(1, 2), false));
        assertThat(Page.of(List.of(), 2)).isEqualTo(new Page<>(List.of(), false));
    }

    @Test
    void a_limit_is_from_1_to_200() {
        for (int limit : new int[] {1, 200}) {
            assertThatCode(() -> Page.requireLimit(limit)).doesNotThrowAnyException();
        }
        for (int limit : new int[] {-1, 0, 201}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Page.requireLimit(limit))
                    .withMessage("The limit must be from 1 to 200, but is " + limit);
        }
    }
}

package dev.diptych.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.diptych.core.eventstore.Place;
import org.junit.jupiter.api.Test;

class DirectQueryBusTest {

    record Ask(int number) implements Query<String> {
        @Override
        public String projection() {
            return "asked";
        }
    }

    record Tell() implements Query<String> {
        @Override
        public String projection() {
            return "told";
        }
    }

    @Test
    void a_query_is_answered_by_the_handler_of_its_type() {
        QueryBus bus = DirectQueryBus.builder()
                .register(Ask.class, query -> answer("asked " + query.number()))
                .register(Tell.class, query -> answer("told"))
                .build();
        assertThat(bus.ask(new Ask(7))).isEqualTo(answer("asked 7"));
        assertThat(bus.ask(new Tell())).isEqualTo(answer("told"));
    }

    @Test
    void a_second_handler_of_a_type_is_refused_at_registration() {
        var builder = DirectQueryBus.builder().register(Ask.class, query -> answer("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.register(Ask.class, query -> answer("b")))
                .withMessageContaining(Ask.class.getName());
    }

    @Test
    void a_missing_handler_is_reported_with_its_type() {
        QueryBus bus = DirectQueryBus.builder()
                .register(Ask.class, query -> answer("a"))
                .build();
        assertThatIllegalStateException()
                .isThrownBy(() -> bus.ask(new Tell()))
                .withMessageContaining("for " + Tell.class.getName())
                .withMessageContaining("registered are [" + Ask.class + "]");
    }

    @Test
    void a_later_registration_does_not_change_a_built_bus() {
        var builder = DirectQueryBus.builder();
        QueryBus bus = builder.build();
        builder.register(Ask.class, query -> answer("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> bus.ask(new Ask(1)))
                .withMessageContaining("registered are []");
    }

    private static Answer<String> answer(String words) {
        return new Answer<>(words, new Place("h", 3), 1);
    }
}

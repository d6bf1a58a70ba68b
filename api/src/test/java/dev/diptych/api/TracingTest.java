package dev.diptych.api;

import static dev.diptych.api.OverHttp.errors;
import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.DemoBook;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.command.Command;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event says which command raised it, and to what that belonged. */
class TracingTest {

    private static final String HEADER = "Correlation-Id";

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }

        @Test
        void the_demo_book_says_where_it_comes_from() {
            DemoBook.send(diptych.commands());
            RecordedEvent first = diptych.store().events().readAll(0, 1_000).events().stream()
                    .filter(event -> event.metadata().contains("demo-book"))
                    .findFirst()
                    .orElseThrow();
            JsonNode metadata = Http.json(first.metadata());
            assertThat(metadata.get("command").asText()).isEqualTo("PlaceOrder");
            assertThat(metadata.get("causation_id").asText()).hasSize(36);
        }
    }

    @Nested
    class OnPostgres extends Specs {
        @Override
        Store open() {
            return TestPostgres.fresh();
        }
    }

    abstract static class Specs extends OnStore {

        private List<JsonNode> metadata(String stream) {
            return diptych.store().events().readStream(new StreamName(stream), 0, 10).events().stream()
                    .map(RecordedEvent::metadata)
                    .map(Http::json)
                    .toList();
        }

        @Test
        void an_event_remembers_the_command_its_key_and_the_correlation_id_of_the_request() {
            Http.Answer placed = place("told", HEADER, "checkout-7", "Idempotency-Key", "\"told-1\"");
            assertThat(placed.header(HEADER)).isEqualTo("checkout-7");
            pay("told", HEADER, "checkout-7", "Idempotency-Key", "told-2");
            assertThat(metadata("order-told"))
                    .containsExactly(
                            Http.json("{\"command\":\"PlaceOrder\",\"causation_id\":\"told-1\","
                                    + "\"correlation_id\":\"checkout-7\"}"),
                            Http.json("{\"command\":\"PayOrder\",\"causation_id\":\"told-2\","
                                    + "\"correlation_id\":\"checkout-7\"}"));
        }

        @Test
        void who_states_nothing_is_given_ids_and_told() {
            String correlation = place("untold").header(HEADER);
            assertThat(correlation).hasSize(36);
            JsonNode metadata = metadata("order-untold").getFirst();
            assertThat(metadata.get("correlation_id").asText()).isEqualTo(correlation);
            assertThat(metadata.get("causation_id").asText()).hasSize(36).isNotEqualTo(correlation);
            assertThat(pay("untold").header(HEADER)).hasSize(36).isNotEqualTo(correlation);
        }

        @Test
        void the_same_request_with_another_correlation_id_is_the_same_request() {
            Http.Answer first = place("twice", HEADER, "one", "Idempotency-Key", "twice");
            Http.Answer second = place("twice", HEADER, "two", "Idempotency-Key", "twice");
            assertThat(second.status()).isEqualTo(202);
            assertThat(second.header("Consistency-Token")).isEqualTo(first.header("Consistency-Token"));
            assertThat(second.header(HEADER)).isEqualTo("two");
            assertThat(metadata("order-twice")).hasSize(1);
        }

        @Test
        void refusals_state_it_too() {
            assertThat(pay("nobody", HEADER, "asked").header(HEADER)).isEqualTo("asked");
            assertThat(post("/orders", "{", HEADER, "asked").header(HEADER)).isEqualTo("asked");
            assertThat(post("/orders?x=1", "{}").header(HEADER)).hasSize(36);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "two words", "tab\there"})
        void another_form_is_400(String value) {
            Http.Answer answer = place("malformed", HEADER, value);
            problem(answer, 400, "/problems/invalid-headers");
            assertThat(errors(answer, "field")).containsExactly(HEADER);
            assertThat(metadata("order-malformed")).isEmpty();
        }

        @Test
        void it_has_at_most_128_characters_and_is_there_once() {
            assertThat(place("long", HEADER, "x".repeat(128)).status()).isEqualTo(202);
            problem(place("longer", HEADER, "x".repeat(129)), 400, "/problems/invalid-headers");
            problem(place("double", HEADER, "a", HEADER, "b"), 400, "/problems/invalid-headers");
        }
    }

    @Test
    void the_names_of_commands_are_stored_and_so_do_not_change() {
        assertThat(Stream.of(OrderCommand.class, SubscriptionCommand.class)
                        .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                        .map(Class::getSimpleName))
                .as("give a command that is renamed the old name(): events remember it")
                .contains(
                        "PlaceOrder",
                        "PayOrder",
                        "ShipOrder",
                        "CancelOrder",
                        "StartSubscription",
                        "ChangePlan",
                        "CancelSubscription");
        assertThat(Command.class.isAssignableFrom(OrderCommand.class)).isTrue();
    }
}

package dev.diptych.api.operations;

import static dev.diptych.api.support.OrderClient.token;
import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A read model whose checkpoint is ahead of the last event fails until it is rebuilt. */
class CheckpointBeyondEventsTest {

    @Test
    void a_comparison_with_lost_events_says_that_it_cannot_be_made() {
        String database = TestPostgres.freshDatabase();
        try (Diptych node = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            token(client.place("o"));
            Waiting.until("the view has it", () -> client.listed().contains("o"));
            TestPostgres.execute(
                    "UPDATE diptych.checkpoints SET position = 1000 WHERE projection = 'order-list'", database);
            client.post("/projections/order-list/rebuild?compare=true", "");
            Waiting.untilAsserted("the rebuild says why it has no comparison", () -> {
                JsonNode rebuild = orderList(client).path("rebuild");
                assertThat(rebuild.path("last_error").asText())
                        .contains("reflect events that were lost", "Rebuild without a comparison");
                assertThat(rebuild.path("position").asLong()).isEqualTo(1);
                assertThat(rebuild.has("comparison")).isFalse();
            });
            client.post("/projections/order-list/rebuild", "");
            Waiting.untilAsserted(
                    "the copy has taken over",
                    () -> assertThat(orderList(client).has("rebuild")).isFalse());
        }
    }

    @Test
    void a_projection_ahead_of_the_last_event_fails_until_it_is_rebuilt() {
        String database = TestPostgres.freshDatabase();
        try (Diptych node = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            token(client.place("o"));
            Waiting.until(
                    "all views have it",
                    () -> NodeState.progress(node).values().stream()
                            .allMatch(projection -> projection.checkpoint() == 1));
            TestPostgres.execute(
                    "UPDATE diptych.checkpoints SET position = 1000 WHERE projection = 'order-list'", database);
            Waiting.untilAsserted("the projection has failed, and says what to do", () -> {
                JsonNode projection = orderList(client);
                assertThat(projection.path("state").asText())
                        .as(projection.toString())
                        .isEqualTo("failed");
                assertThat(projection.path("last_error").path("error").asText()).containsIgnoringCase("rebuild");
                assertThat(failed(ready(node))).contains("projection-order-list");
            });

            assertThat(client.post("/projections/order-list/rebuild", "").status())
                    .isBetween(200, 299);
            awaitReady(node);
            token(client.place("another"));
            Waiting.untilAsserted(
                    "the view has both orders",
                    () -> assertThat(client.listed()).containsExactly("another", "o"));
        }
    }

    private static JsonNode orderList(OrderClient client) {
        return StreamSupport.stream(
                        client.get("/projections").json().path("items").spliterator(), false)
                .filter(projection -> projection.path("name").asText().equals("order-list"))
                .findFirst()
                .orElseThrow();
    }
}

package dev.diptych.api;

import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.ProjectionRunner;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who run the API see each projection, pause it, let it go on, and have it built again. */
class ProjectionsTest {

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }
    }

    @Nested
    class OnPostgres extends Specs {
        @Override
        Store open() {
            return TestPostgres.fresh();
        }
    }

    /** The projection in an answer to GET /projections, once it is as it is to be. */
    static JsonNode awaitProjection(Http http, String name, String sentence, Predicate<JsonNode> as) {
        return Waiting.until(
                name + " " + sentence, () -> projection(http.get("/projections").json(), name), as);
    }

    private static JsonNode projection(JsonNode answer, String name) {
        return StreamSupport.stream(answer.get("items").spliterator(), false)
                .filter(each -> each.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Predicate<JsonNode> state(String state) {
        return projection -> projection.get("state").asText().equals(state);
    }

    abstract static class Specs extends OnStore {

        private JsonNode awaitProjection(String name, String sentence, Predicate<JsonNode> as) {
            return ProjectionsTest.awaitProjection(http, name, sentence, as);
        }

        @Test
        void each_says_how_far_it_is_and_what_it_does() {
            place("seen");
            awaitVersion("/orders/seen", 1);
            JsonNode list = awaitProjection(
                    "order-list", "is not behind", each -> each.get("lag").asLong() == 0);
            assertThat(list.properties())
                    .extracting(member -> member.getKey())
                    .containsExactly("name", "position", "head", "lag", "lag_seconds", "state", "node");
            assertThat(list.get("position").asLong()).isPositive();
            assertThat(list.get("position")).isEqualTo(list.get("head"));
            assertThat(list.get("lag_seconds").asDouble(-1)).isZero();
            assertThat(list.get("state").asText()).isEqualTo("running");
            assertThat(list.get("node").asText()).isNotBlank();
            assertThat(http.get("/projections").json().findValuesAsText("name"))
                    .containsExactlyElementsOf(diptych.runners().stream()
                            .map(ProjectionRunner::name)
                            .toList())
                    .hasSameElementsAs(diptych.store().read().contexts().projections());
        }

        @Test
        void one_that_is_paused_stays_behind_and_says_so_and_goes_on_when_it_is_resumed() {
            pause();
            diptych.runners().stream()
                    .filter(runner -> !runner.name().equals("order-list"))
                    .forEach(ProjectionRunner::resume);
            Http.Answer paused = post("/projections/order-list/pause", "");
            assertThat(paused.status()).isEqualTo(202);
            assertThat(paused.json().get("name").asText()).isEqualTo("order-list");
            assertThat(paused.json().get("state").asText()).isEqualTo("paused");

            place("unseen");
            awaitVersion("/orders/unseen", 1);
            JsonNode behind = awaitProjection(
                    "order-list",
                    "is behind in time too",
                    each -> each.get("lag_seconds").asDouble() > 0.02);
            assertThat(behind.get("lag").asLong()).isPositive();
            assertThat(behind.get("state").asText()).isEqualTo("paused");
            assertThat(http.get("/orders").response().body()).doesNotContain("unseen");
            assertThat(http.get("/health/ready").status())
                    .as("a pause was meant: it does not take the node out of service")
                    .isEqualTo(200);

            Http.Answer resumed = post("/projections/order-list/resume", "{}");
            assertThat(resumed.status()).isEqualTo(202);
            assertThat(resumed.json().get("state").asText()).isEqualTo("running");
            awaitProjection(
                    "order-list", "has caught up", each -> each.get("lag").asLong() == 0);
            assertThat(http.get("/orders").response().body()).contains("unseen");
        }

        @Test
        void one_that_is_rebuilt_shows_in_the_end_what_it_showed_before() {
            place("again");
            JsonNode before = awaitVersion("/orders/again", 1);
            assertThat(post("/projections/order-summaries/rebuild", "").status())
                    .isEqualTo(202);
            assertThat(awaitVersion("/orders/again", 1)).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"pause", "resume", "rebuild"})
        void whatever_is_not_understood_is_refused(String action) {
            problem(post("/projections/nothing/" + action, ""), 404, "/problems/not-found");
            problem(post("/projections/order-list/" + action + "?x=1", ""), 400, "/problems/invalid-parameters");
            problem(post("/projections/order-list/" + action, "{\"x\":1}"), 422, "/problems/invalid-fields");
            problem(post("/projections/order-list/" + action, "{"), 400, "/problems/malformed-request");
            problem(http.get("/projections/order-list/" + action), 405, "/problems/method-not-allowed");
            problem(http.get("/projections?x=1"), 400, "/problems/invalid-parameters");
        }
    }

    /** Two nodes on one database. */
    @Nested
    class OnTwoNodes {

        @Test
        void one_runs_a_projection_and_the_other_says_who_and_a_pause_holds_on_both() {
            String database = TestPostgres.freshDatabase();
            try (var one = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                    var first = new Http(one.port())) {
                JsonNode running = awaitProjection(first, "order-list", "runs", each -> each.has("node"));
                try (var two = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                        var second = new Http(two.port())) {
                    JsonNode standby = awaitProjection(second, "order-list", "stands by", state("standby"));
                    assertThat(standby.get("node")).isEqualTo(running.get("node"));

                    second.post("/projections/order-list/pause", "");
                    awaitProjection(first, "order-list", "is paused here too", state("paused"));
                }
                try (var two = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                        var second = new Http(two.port())) {
                    awaitProjection(second, "order-list", "is paused after a restart", state("paused"));
                    first.post("/orders", "{\"order_id\":\"o\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}");
                    JsonNode paused = awaitProjection(
                            first,
                            "order-list",
                            "is behind",
                            each -> each.get("lag").asLong() > 0);
                    assertThat(paused.has("node")).isFalse();
                    second.post("/projections/order-list/resume", "");
                    awaitProjection(
                            first,
                            "order-list",
                            "has caught up",
                            each -> each.get("lag").asLong() == 0
                                    && !state("paused").test(each));
                }
            }
        }
    }

    /** An event that nobody can read. */
    @Nested
    class Poisoned {

        @Test
        void the_last_error_says_which_event_and_why() {
            try (var diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0);
                    var http = new Http(diptych.port())) {
                diptych.store()
                        .events()
                        .append(
                                StreamName.of("order", "o"),
                                ExpectedVersion.any(),
                                List.of(new NewEvent("nobody-knows-this", 1, "{}", "{}")));
                JsonNode failed = awaitProjection(http, "order-list", "has failed", state("failed"));
                JsonNode error = failed.get("last_error");
                assertThat(error.get("position").asLong()).isEqualTo(1);
                assertThat(error.get("event").asText()).isEqualTo("nobody-knows-this");
                assertThat(error.get("error").asText()).contains("nobody-knows-this");
                assertThat(error.get("attempts").asInt()).isPositive();
                assertThat(error.get("since").asText()).matches("\\d{4}-.*Z");
            }
        }
    }
}

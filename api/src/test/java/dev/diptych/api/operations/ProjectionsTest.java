package dev.diptych.api.operations;

import static dev.diptych.api.support.OverHttp.problem;
import static dev.diptych.api.support.ProjectionAnswers.awaitProjection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.NodeState;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.core.projection.ProjectionRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes that list, pause, resume and rebuild projections. */
class ProjectionsTest extends OnEachStore {

    @Test
    void each_projection_shows_its_progress_and_state() {
        place("seen");
        awaitVersion("/orders/seen", 1);
        JsonNode list = awaitProjection(
                http, "order-list", "is not behind", each -> each.get("lag").asLong() == 0);
        assertThat(list.properties())
                .extracting(member -> member.getKey())
                .containsExactly("name", "position", "head", "lag", "lag_seconds", "state", "node", "version");
        assertThat(list.get("position").asLong()).isPositive();
        assertThat(list.get("position")).isEqualTo(list.get("head"));
        assertThat(list.get("lag_seconds").asDouble(-1)).isZero();
        assertThat(list.get("state").asText()).isEqualTo("running");
        assertThat(list.get("node").asText()).isNotBlank();
        assertThat(http.get("/projections").json().findValuesAsText("name"))
                .containsExactlyElementsOf(NodeState.runners(diptych).stream()
                        .map(ProjectionRunner::name)
                        .toList())
                .hasSameElementsAs(diptych.store().read().contexts().projections());
    }

    @Test
    void a_paused_projection_stays_behind_until_it_is_resumed() {
        pause();
        NodeState.runners(diptych).stream()
                .filter(runner -> !runner.name().equals("order-list"))
                .forEach(ProjectionRunner::resume);
        Http.Answer paused = post("/projections/order-list/pause", "");
        assertThat(paused.status()).isEqualTo(202);
        assertThat(paused.json().get("name").asText()).isEqualTo("order-list");
        assertThat(paused.json().get("state").asText()).isEqualTo("paused");

        place("unseen");
        awaitVersion("/orders/unseen", 1);
        JsonNode behind = awaitProjection(
                http,
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
                http, "order-list", "has caught up", each -> each.get("lag").asLong() == 0);
        assertThat(http.get("/orders").response().body()).contains("unseen");
    }

    @Test
    void a_rebuilt_projection_has_the_same_rows_again() {
        place("again");
        JsonNode before = awaitVersion("/orders/again", 1);
        assertThat(post("/projections/order-summaries/rebuild", "").status()).isEqualTo(202);
        assertThat(awaitVersion("/orders/again", 1)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "rebuild", "rebuild/cancel"})
    void invalid_requests_are_rejected(String action) {
        problem(post("/projections/nothing/" + action, ""), 404, "/problems/not-found");
        problem(post("/projections/order-list/" + action + "?x=1", ""), 400, "/problems/invalid-parameters");
        problem(post("/projections/order-list/" + action, "{\"x\":1}"), 422, "/problems/invalid-fields");
        problem(post("/projections/order-list/" + action, "{"), 400, "/problems/malformed-request");
        problem(http.get("/projections/order-list/" + action), 405, "/problems/method-not-allowed");
        problem(http.get("/projections?x=1"), 400, "/problems/invalid-parameters");
    }
}

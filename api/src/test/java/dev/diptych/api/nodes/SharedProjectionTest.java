package dev.diptych.api.nodes;

import static dev.diptych.api.support.ProjectionAnswers.awaitProjection;
import static dev.diptych.api.support.ProjectionAnswers.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.TestPostgres;
import org.junit.jupiter.api.Test;

/** The projections of two nodes on one database. */
class SharedProjectionTest {

    @Test
    void one_node_runs_a_projection_and_a_pause_applies_to_both() {
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

package dev.diptych.api.operations;

import static dev.diptych.api.support.ProjectionAnswers.awaitProjection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import org.junit.jupiter.api.Test;

/** A copy that no node builds is shown as such. */
class UnattendedCopyTest {

    @Test
    void a_copy_of_a_version_that_no_node_runs_has_no_node() {
        String database = TestPostgres.freshDatabase();
        try (Diptych node = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            client.place("o");
            Waiting.until("the view has it", () -> client.listed().contains("o"));
            assertThat(nodes(client.http())).isNaN();
            TestPostgres.execute(
                    "INSERT INTO diptych.copies (projection, generation, fold_version, position, comparing)"
                            + " VALUES ('order-list', 2, 9, 0, true)",
                    database);
            JsonNode rebuild = rebuild(client.http(), "it is of the other version", 9);
            assertThat(rebuild.has("node")).as(rebuild.toString()).isFalse();
            assertThat(nodes(client.http())).isZero();

            client.post("/projections/order-list/rebuild?compare=true", "");
            rebuild = rebuild(client.http(), "it is of this version", 1);
            assertThat(rebuild.path("node").asText()).isNotEmpty();
            assertThat(nodes(client.http())).isOne();
        }
    }

    private static JsonNode rebuild(Http http, String description, int version) {
        return awaitProjection(
                        http,
                        "order-list",
                        description,
                        each -> each.path("rebuild").path("version").asInt() == version)
                .get("rebuild");
    }

    private static double nodes(Http http) {
        String series = "diptych_rebuild_nodes{projection=\"order-list\"} ";
        return http.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow();
    }
}

package dev.diptych.api.operations;

import static dev.diptych.api.support.OverHttp.problem;
import static dev.diptych.api.support.ProjectionAnswers.awaitProjection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.Sse;
import dev.diptych.core.contract.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A rebuild replaces the rows of a view without a gap. */
class RebuildTest extends OnEachStore {

    private void rebuild(String projection) {
        assertThat(post("/projections/" + projection + "/rebuild", "").status()).isEqualTo(202);
        awaitProjection(http, projection, "the copy has taken over", each -> !each.has("rebuild"));
    }

    @Test
    void queries_and_tokens_never_see_an_empty_or_an_older_view() throws Exception {
        for (int i = 0; i < 20; i++) {
            place("always-" + i);
        }
        String token = place("always-last").header("Consistency-Token");
        var rebuilding = new AtomicBoolean(true);
        var asking = CompletableFuture.runAsync(() -> {
            long last = 0;
            do {
                Http.Answer list = get("/orders?limit=200&after=" + token);
                assertThat(list.json().get("items").size()).isGreaterThanOrEqualTo(21);
                long position = Long.parseLong(list.header("Projection-Position"));
                assertThat(position).as("the checkpoint of the answer").isGreaterThanOrEqualTo(last);
                last = position;
                assertThat(get("/orders/always-last?after=" + token).status()).isEqualTo(200);
            } while (rebuilding.get());
        });
        try {
            for (int i = 0; i < 10; i++) {
                place("meanwhile-" + i);
                rebuild("order-list");
                rebuild("order-summaries");
            }
        } finally {
            rebuilding.set(false);
        }
        asking.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void entity_tags_change_and_still_name_the_version() {
        place("tagged");
        awaitVersion("/orders/tagged", 1);
        String before = get("/orders/tagged").header("ETag");
        assertThat(get("/orders/tagged", "If-None-Match", before).status()).isEqualTo(304);
        rebuild("order-summaries");
        Http.Answer after = get("/orders/tagged", "If-None-Match", before);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("ETag")).matches("\"1\\.[A-Za-z0-9-]+\\.[1-9][0-9]*\"");
        assertThat(get("/orders/tagged", "If-None-Match", after.header("ETag")).status())
                .isEqualTo(304);
        assertThat(pay("tagged", "If-Match", after.header("ETag")).status()).isEqualTo(202);
    }

    @Test
    void streams_begin_again_with_the_rows_of_the_copy() {
        String token = place("s-1").header("Consistency-Token");
        String old;
        try (Sse stream = follow("/orders?after=" + token)) {
            old = stream.awaitLive().id();
            rebuild("order-list");
            stream.await("a reset", event -> event.name().equals("reset"));
            place("s-2");
            stream.await("row s-2 placed");
            assertThat(stream.told()).doesNotContain("gone s-1");
            assertThat(stream.told().stream().filter("row s-1 placed"::equals)).hasSizeGreaterThanOrEqualTo(2);
        }
        try (Sse again = follow("/orders", "Last-Event-ID", old)) {
            String present = again.awaitLive().id();
            assertThat(again.names()).startsWith("reset");
            try (Sse continued = follow("/orders", "Last-Event-ID", present)) {
                continued.awaitLive();
                assertThat(continued.names()).doesNotContain("reset");
            }
        }
    }

    @Test
    void a_compared_copy_shows_the_result_and_waits() {
        place("compared");
        assertThat(post("/projections/order-list/rebuild?compare=true", "").status())
                .isEqualTo(202);
        JsonNode comparison = awaitComparison().get("comparison");
        assertThat(List.of("only_serving", "only_copy", "different"))
                .allSatisfy(
                        count -> assertThat(comparison.get(count).asLong(-1)).isZero());
        assertThat(comparison.get("examples")).isEmpty();
        rebuild("order-list");

        post("/projections/order-list/rebuild?compare=true", "");
        awaitComparison();
        assertThat(post("/projections/order-list/rebuild/cancel", "").json().has("rebuild"))
                .isFalse();
    }

    private JsonNode awaitComparison() {
        return awaitProjection(
                        http,
                        "order-list",
                        "the copy is compared",
                        each -> each.path("rebuild").has("comparison"))
                .get("rebuild");
    }

    @Test
    void a_paused_projection_is_rebuilt_when_it_is_resumed() {
        place("paused");
        awaitVersion("/orders/paused", 1);
        assertThat(post("/projections/order-list/pause", "").status()).isEqualTo(202);
        JsonNode asked = post("/projections/order-list/rebuild", "").json();
        assertThat(asked.get("state").asText()).isEqualTo("paused");
        assertThat(asked.path("rebuild").path("version").asInt()).isOne();
        assertThat(get("/orders?limit=200").response().body()).contains("paused");
        post("/projections/order-list/resume", "");
        awaitProjection(http, "order-list", "the copy has taken over", each -> !each.has("rebuild"));
    }

    @Test
    void only_true_and_false_are_accepted_for_compare() {
        problem(post("/projections/order-list/rebuild?compare=yes", ""), 400, "/problems/invalid-parameters");
    }

    private Sse follow(String path, String... headers) {
        return Sse.open(http, path, headers);
    }
}

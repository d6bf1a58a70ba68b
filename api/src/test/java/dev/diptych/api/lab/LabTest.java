package dev.diptych.api.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.Sse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** What the lab shows, and how it slows projections down. */
class LabTest extends OnEachStore {

    @Override
    @BeforeParameterizedClassInvocation
    protected void start() {
        diptych = Diptych.start(open(), Listening.here(), true);
        http = new Http(diptych.port());
    }

    @Test
    void a_stream_is_shown_with_the_state_after_each_event() {
        place("travels");
        pay("travels", "Idempotency-Key", "lab-pays");
        JsonNode items = get("/lab/streams/order-travels").json().get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("type").asText()).isEqualTo("order-placed");
        assertThat(items.get(0).at("/payload/total").asText()).isEqualTo("15.00");
        assertThat(items.get(0).at("/state/status").asText()).isEqualTo("PLACED");
        assertThat(items.get(1).at("/state/status").asText()).isEqualTo("PAID");
        assertThat(items.get(1).at("/state/items/0/sku").asText()).isEqualTo("lamp");
        assertThat(items.get(1).get("version").asLong()).isEqualTo(2);
        assertThat(items.get(1).get("metadata").isObject()).isTrue();
        assertThat(items.get(1).get("position").asLong())
                .isGreaterThan(items.get(0).get("position").asLong());
    }

    @Test
    void subscription_streams_are_shown() {
        post(
                "/subscriptions",
                "{\"subscription_id\":\"s\",\"customer_id\":\"c\",\"plan\":\"Basic\",\"monthly_price\":\"1.00\"}");
        post("/subscriptions/s/change-plan", "{\"plan\":\"More\",\"monthly_price\":\"2.00\"}");
        JsonNode items = get("/lab/streams/subscription-s").json().get("items");
        assertThat(items.get(1).at("/state/first_terms/plan").asText()).isEqualTo("Basic");
        assertThat(items.get(1).at("/state/terms/plan").asText()).isEqualTo("More");
    }

    @Test
    void an_unknown_stream_is_404() {
        assertThat(get("/lab/streams/order-none").status()).isEqualTo(404);
        assertThat(get("/lab/streams/" + "x".repeat(300)).status()).isEqualTo(404);
    }

    @Test
    void all_events_are_read_in_pages() {
        for (int i = 0; i < 5; i++) {
            place("ordered-" + i);
        }
        List<String> streams = new ArrayList<>();
        JsonNode page = get("/lab/events?limit=2").json();
        while (page.get("items").size() > 0) {
            page.get("items").forEach(event -> streams.add(event.get("stream").asText()));
            page = get("/lab/events?limit=2&after=" + page.get("through").asLong())
                    .json();
        }
        assertThat(streams).containsSubsequence("order-ordered-0", "order-ordered-1", "order-ordered-4");
        assertThat(page.get("through").asLong()).isEqualTo(page.get("head").asLong());
        assertThat(get("/lab/events?after=-1").status()).isEqualTo(400);
        assertThat(get("/lab/events?after=1&limit=501").status()).isEqualTo(400);
    }

    @Test
    void a_slowed_projection_applies_single_events_until_it_is_released() {
        place("before");
        awaitVersion("/orders/before", 1);
        assertThat(slow("order-summaries", 5_000).status()).isEqualTo(202);
        for (int i = 0; i < 4; i++) {
            place("slowed-" + i);
        }
        assertThat(get("/orders/slowed-3").status()).isEqualTo(404);
        assertThat(delayOf("order-summaries")).isEqualTo(5_000);
        assertThat(delayOf("order-list")).isZero();
        slow("order-summaries", 1);
        awaitVersion("/orders/slowed-3", 1);
        slow("order-summaries", 0);
        assertThat(delayOf("order-summaries")).isZero();
    }

    @Test
    void a_pause_is_0_to_5_seconds_of_an_existing_projection() {
        assertThat(slow("order-list", -1).status()).isEqualTo(422);
        assertThat(slow("order-list", 5_001).status()).isEqualTo(422);
        assertThat(slow("nothing", 1).status()).isEqualTo(404);
    }

    private Http.Answer slow(String projection, int delay) {
        return post("/lab/projections/" + projection + "/slow", "{\"delay_ms\":" + delay + "}");
    }

    private int delayOf(String projection) {
        try (Sse feed = Sse.open(http, "/lab/feed")) {
            JsonNode state = feed.await("the state", event -> event.name().equals("state"))
                    .json();
            for (JsonNode item : state.get("projections")) {
                if (item.get("name").asText().equals(projection)) {
                    return item.get("delay_ms").asInt();
                }
            }
        }
        throw new AssertionError("No projection " + projection);
    }
}

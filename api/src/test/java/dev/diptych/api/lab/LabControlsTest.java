package dev.diptych.api.lab;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.Sse.Event;
import dev.diptych.core.contract.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the lab holds an append open, makes a projection lose a batch, and starts over. */
class LabControlsTest extends OnEachStore {

    @Override
    @BeforeParameterizedClassInvocation
    protected void start() {
        diptych = Diptych.start(open(), Listening.here(), true);
        http = new Http(diptych.port());
    }

    @AfterEach
    void startOver() {
        assertThat(post("/lab/start-over", "").status()).isEqualTo(202);
    }

    private Sse openFeed() {
        Sse feed = Sse.open(http, "/lab/feed");
        feed.await("the state", event -> event.name().equals("state"));
        return feed;
    }

    private static boolean isAppended(Event event, String stream) {
        return event.name().equals("appended")
                && event.json().path("stream").asText().equals(stream);
    }

    private static JsonNode awaitHorizon(Sse feed, boolean held, long head, long horizon) {
        return feed.await(
                        "head " + head + " and horizon " + horizon,
                        event -> event.name().equals("horizon")
                                && event.json().get("held").asBoolean() == held
                                && event.json().get("head").asLong() == head
                                && event.json().get("horizon").asLong() == horizon)
                .json();
    }

    private long head() {
        return diptych.store().events().head();
    }

    private Http.Answer hold(int seconds) {
        return post("/lab/appends/hold", "{\"seconds\":" + seconds + "}");
    }

    @Test
    void a_held_append_hides_later_events_until_it_is_released() {
        place("before");
        awaitVersion("/orders/before", 1);
        long before = head();
        try (Sse feed = openFeed()) {
            Http.Answer held = hold(30);
            assertThat(held.status()).isEqualTo(202);
            assertThat(held.json().get("held").asBoolean()).isTrue();
            assertThat(held.json().get("seconds").asInt()).isEqualTo(30);
            awaitHorizon(feed, true, before, before);

            assertThat(place("hidden").status()).isEqualTo(202);
            awaitHorizon(feed, true, head(), before);
            assertThat(get("/orders/hidden").status()).isEqualTo(404);
            assertThat(get("/lab/events?limit=500&after=" + before).json().get("items"))
                    .isEmpty();
            assertThat(feed.events()).noneMatch(event -> isAppended(event, "order-hidden"));
            assertThat(pay("hidden").status()).as("streams are read").isEqualTo(202);

            Http.Answer released = post("/lab/appends/release", "");
            assertThat(released.status()).isEqualTo(202);
            assertThat(released.json().get("held").asBoolean(true)).isFalse();
            awaitHorizon(feed, false, head(), head());
            awaitVersion("/orders/hidden", 2);
            Event first = feed.await("the event", event -> isAppended(event, "order-hidden"));
            assertThat(first.position() - before)
                    .as("the position of the held append is a gap, where appends draw positions")
                    .isEqualTo(
                            switch (kind) {
                                case MEMORY -> 1;
                                case POSTGRES -> 2;
                            });
        }
    }

    @Test
    void a_client_that_comes_while_events_are_hidden_receives_those_before() {
        place("readable");
        awaitVersion("/orders/readable", 1);
        long before = head();
        hold(30);
        place("unreadable");
        try (Sse feed = openFeed()) {
            Event state = feed.await("the state", event -> event.name().equals("state"));
            assertThat(state.json().get("held").asBoolean()).isTrue();
            assertThat(state.json().get("horizon").asLong()).isEqualTo(before);
            assertThat(state.json().get("head").asLong()).isEqualTo(head());
            feed.await("the last one", event -> isAppended(event, "order-readable"));
            post("/lab/appends/release", "");
            feed.await("the hidden one", event -> isAppended(event, "order-unreadable"));
        }
    }

    @Test
    void a_held_append_ends_by_itself() {
        try (Sse feed = openFeed()) {
            hold(1);
            place("by-itself");
            feed.await("the event", event -> isAppended(event, "order-by-itself"));
            awaitHorizon(feed, false, head(), head());
        }
    }

    @Test
    void a_hold_begins_again_while_one_is_held() {
        hold(1);
        hold(30);
        place("again");
        try (Sse feed = openFeed()) {
            Event state = feed.await("the state", event -> event.name().equals("state"));
            assertThat(state.json().get("held").asBoolean()).isTrue();
            post("/lab/appends/release", "");
            post("/lab/appends/release", "");
            feed.await("the event", event -> isAppended(event, "order-again"));
        }
    }

    @Test
    void a_lost_batch_is_applied_again_and_counted_once() {
        place("before-the-crash");
        Waiting.until("it is counted", () -> checkpoint("product-sales") == head());
        long units = units();
        long before = head();
        try (Sse feed = openFeed()) {
            Http.Answer crash = post("/lab/projections/product-sales/crash", "");
            assertThat(crash.status()).isEqualTo(202);
            assertThat(crash.json().get("crashes").asBoolean()).isTrue();
            place("lost-once");
            JsonNode crashed = feed.await("the crash", event -> event.name().equals("crashed"))
                    .json();
            assertThat(crashed.get("projection").asText()).isEqualTo("product-sales");
            assertThat(crashed.get("checkpoint").asLong()).isEqualTo(before);
            assertThat(crashed.get("lost").asInt()).isEqualTo(1);
            Waiting.until("the batch is applied", () -> checkpoint("product-sales") == head());
            assertThat(units()).isEqualTo(units + 2);
            place("after-the-crash");
            Waiting.until("the next batch is applied", () -> checkpoint("product-sales") == head());
            assertThat(units()).isEqualTo(units + 4);
            assertThat(feed.events().stream().filter(event -> event.name().equals("crashed")))
                    .hasSize(1);
        }
    }

    private long units() {
        return get("/products/sales").json().at("/items/0/units").asLong();
    }

    private long checkpoint(String projection) {
        return item(projection).get("position").asLong();
    }

    private JsonNode item(String projection) {
        for (JsonNode item : get("/projections").json().get("items")) {
            if (item.get("name").asText().equals(projection)) {
                return item;
            }
        }
        throw new AssertionError("No projection " + projection);
    }

    @Test
    void start_over_restores_how_projections_run() {
        place("stays");
        awaitVersion("/orders/stays", 1);
        post("/projections/order-list/pause", "");
        post("/projections/product-sales/rebuild?compare=true", "");
        post("/lab/projections/order-summaries/slow", "{\"delay_ms\":5000}");
        post("/lab/projections/active-customers/crash", "");
        hold(30);
        Http.Answer over = post("/lab/start-over", "");
        assertThat(over.status()).isEqualTo(202);
        assertThat(over.json().get("held").asBoolean(true)).isFalse();
        try (Sse feed = openFeed()) {
            place("afterwards");
            long head = head();
            for (String projection : List.of("order-list", "product-sales", "order-summaries", "active-customers")) {
                Waiting.until(projection, () -> checkpoint(projection) == head);
                assertThat(item(projection).get("state").asText()).isEqualTo("running");
                assertThat(item(projection).has("rebuild")).isFalse();
            }
            feed.await("the event", event -> isAppended(event, "order-afterwards"));
            assertThat(feed.names()).doesNotContain("crashed");
            Event state = feed.await("the state", event -> event.name().equals("state"));
            state.json()
                    .get("projections")
                    .forEach(each -> assertThat(each.get("delay_ms").asInt(-1)).isZero());
        }
        assertThat(get("/orders/stays").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"seconds\":0}", "{\"seconds\":31}", "{\"seconds\":\"1\"}", "{}", "{\"seconds\":1,\"x\":1}"})
    void an_append_is_held_for_1_to_30_seconds(String body) {
        problem(post("/lab/appends/hold", body), 422, "/problems/invalid-fields");
    }

    @Test
    void wrong_input_is_a_problem() {
        problem(post("/lab/appends/hold", "{"), 400, "/problems/malformed-request");
        problem(post("/lab/appends/hold?x=1", "{\"seconds\":1}"), 400, "/problems/invalid-parameters");
        problem(post("/lab/projections/nothing/crash", ""), 404, "/problems/not-found");
        for (String path : List.of("/lab/appends/release", "/lab/projections/order-list/crash", "/lab/start-over")) {
            problem(post(path, "{\"x\":1}"), 422, "/problems/invalid-fields");
            problem(post(path + "?x=1", ""), 400, "/problems/invalid-parameters");
        }
    }
}

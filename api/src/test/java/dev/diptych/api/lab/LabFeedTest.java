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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** What the feed of the lab sends. */
class LabFeedTest extends OnEachStore {

    @Override
    @BeforeParameterizedClassInvocation
    protected void start() {
        diptych = Diptych.start(open(), Listening.here(), true);
        http = new Http(diptych.port());
    }

    private Sse openFeed(String... headers) {
        return Sse.open(http, "/lab/feed", headers);
    }

    private static Event awaitState(Sse feed) {
        return feed.await("the state", event -> event.name().equals("state"));
    }

    private static Event awaitAppended(Sse feed, String stream) {
        return feed.await(
                stream,
                event -> event.name().equals("appended")
                        && event.json().path("stream").asText().equals(stream));
    }

    private static List<Long> positions(Sse feed) {
        return feed.events().stream()
                .filter(event -> event.name().equals("appended"))
                .map(event -> event.json().path("position").asLong())
                .toList();
    }

    private static JsonNode item(JsonNode state, String projection) {
        return StreamSupport.stream(state.path("projections").spliterator(), false)
                .filter(each -> each.path("name").asText().equals(projection))
                .findFirst()
                .orElseThrow();
    }

    private void caughtUp() {
        Waiting.untilAsserted(
                "every projection has caught up",
                () -> get("/projections")
                        .json()
                        .get("items")
                        .forEach(each -> assertThat(each.get("lag").asLong()).isZero()));
    }

    @Test
    void first_comes_the_state_and_then_the_last_events() {
        place("first-1", "Correlation-Id", "a-cause");
        place("first-2");
        caughtUp();
        try (Sse feed = openFeed()) {
            JsonNode state = awaitState(feed).json();
            Event last = awaitAppended(feed, "order-first-2");
            assertThat(feed.header("Content-Type")).startsWith("text/event-stream");
            assertThat(feed.names().getFirst()).isEqualTo("state");
            assertThat(feed.names()).doesNotContain("reset");
            assertThat(state.get("history").asText()).isEqualTo(history());
            assertThat(state.get("head").asLong()).isEqualTo(last.position());
            assertThat(state.get("horizon").asLong()).isEqualTo(last.position());
            assertThat(state.get("held").asBoolean(true)).isFalse();
            assertThat(state.get("automations").isArray()).isTrue();
            JsonNode item = item(state, "order-list");
            assertThat(item.get("state").asText()).isEqualTo("running");
            assertThat(item.get("position").asLong()).isEqualTo(last.position());
            assertThat(item.get("delay_ms").asInt(-1)).isZero();
            var listed = get("/projections").json().get("items");
            assertThat(names(state.path("projections"))).isEqualTo(names(listed));
        }
    }

    private static List<String> names(JsonNode items) {
        List<String> names = new ArrayList<>();
        items.forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    @Test
    void an_event_has_its_cause_and_an_id_with_its_history() {
        try (Sse feed = openFeed()) {
            awaitState(feed);
            place("caused", "Correlation-Id", "a-cause", "Idempotency-Key", "a-command");
            Event appended = awaitAppended(feed, "order-caused");
            JsonNode event = appended.json();
            assertThat(appended.id()).isEqualTo(event.get("position").asLong() + "." + history());
            assertThat(event.get("type").asText()).isEqualTo("order-placed");
            assertThat(event.at("/payload/order_id").asText()).isEqualTo("caused");
            assertThat(event.at("/metadata/command").asText()).isEqualTo("PlaceOrder");
            assertThat(event.at("/metadata/correlation_id").asText()).isEqualTo("a-cause");
            assertThat(event.at("/metadata/causation_id").asText()).isEqualTo("a-command");
        }
    }

    @Test
    void each_event_is_sent_once_and_in_order() {
        try (Sse one = openFeed();
                Sse other = openFeed()) {
            awaitState(one);
            awaitState(other);
            IntStream.range(0, 40).parallel().forEach(n -> place("ordered-" + n));
            place("ordered-last");
            for (Sse feed : List.of(one, other)) {
                awaitAppended(feed, "order-ordered-last");
                assertThat(positions(feed)).isSorted().doesNotHaveDuplicates();
                for (int n = 0; n < 40; n++) {
                    awaitAppended(feed, "order-ordered-" + n);
                }
            }
        }
    }

    @Test
    void a_client_that_reconnects_receives_only_what_it_has_missed() {
        place("seen");
        String id;
        try (Sse feed = openFeed()) {
            id = awaitAppended(feed, "order-seen").id();
        }
        place("missed");
        try (Sse header = openFeed("Last-Event-ID", id);
                Sse parameter = Sse.open(http, "/lab/feed?last_event_id=" + id)) {
            for (Sse feed : List.of(header, parameter)) {
                Event missed = awaitAppended(feed, "order-missed");
                assertThat(positions(feed)).containsExactly(missed.position());
                assertThat(feed.names()).contains("state").doesNotContain("reset");
            }
        }
    }

    @Test
    void a_client_of_another_history_is_reset() {
        place("present");
        try (Sse feed = openFeed("Last-Event-ID", "1.another")) {
            awaitAppended(feed, "order-present");
            assertThat(feed.names()).startsWith("state", "reset", "appended");
            Event reset = feed.await("reset", event -> event.name().equals("reset"));
            assertThat(reset.json().get("history").asText()).isEqualTo(history());
        }
    }

    @Test
    void a_client_that_has_missed_more_than_200_events_is_reset() {
        String id = "0." + history();
        IntStream.range(0, 201).parallel().forEach(n -> place("many-" + n));
        place("many-last");
        try (Sse feed = openFeed("Last-Event-ID", id)) {
            awaitAppended(feed, "order-many-last");
            assertThat(feed.names()).startsWith("state", "reset", "appended");
            assertThat(positions(feed)).hasSize(200).isSorted();
        }
    }

    @Test
    void a_refused_command_is_sent_with_its_reason() {
        place("refused");
        place("taken", "Idempotency-Key", "used-twice");
        try (Sse feed = openFeed()) {
            awaitState(feed);
            String reason = post("/orders/refused/ship", "", "Correlation-Id", "ships")
                    .json()
                    .get("detail")
                    .asText();
            JsonNode refused = awaitRefused(feed, "order-not-paid");
            assertThat(refused.get("command").asText()).isEqualTo("ShipOrder");
            assertThat(refused.get("stream").asText()).isEqualTo("order-refused");
            assertThat(refused.get("status").asInt()).isEqualTo(409);
            assertThat(refused.get("reason").asText()).isEqualTo(reason);
            assertThat(refused.get("correlation_id").asText()).isEqualTo("ships");
            assertThat(refused.get("at").asText()).endsWith("Z");

            pay("refused", "If-Match", tag(7));
            assertThat(awaitRefused(feed, "precondition-failed").get("status").asInt())
                    .isEqualTo(412);
            pay("nothing");
            assertThat(awaitRefused(feed, "not-found").get("stream").asText()).isEqualTo("order-nothing");
            post("/subscriptions/nothing/cancel", "{\"reason\":\"r\"}");
            feed.await(
                    "a subscription",
                    event -> event.json().path("stream").asText().equals("subscription-nothing"));
            place("another", "Idempotency-Key", "used-twice");
            assertThat(awaitRefused(feed, "idempotency-key-reused")
                            .get("status")
                            .asInt())
                    .isEqualTo(422);
        }
    }

    private static JsonNode awaitRefused(Sse feed, String code) {
        return feed.await(
                        code,
                        event -> event.name().equals("refused")
                                && event.json().path("code").asText().equals(code))
                .json();
    }

    @Test
    void a_projection_is_sent_when_it_changes() {
        place("before");
        caughtUp();
        try (Sse feed = openFeed()) {
            awaitState(feed);
            post("/projections/order-list/pause", "");
            awaitAdvanced(feed, "paused", item -> item.get("state").asText().equals("paused"));
            post("/lab/projections/order-list/slow", "{\"delay_ms\":7}");
            awaitAdvanced(feed, "slow", item -> item.get("delay_ms").asInt() == 7);
            place("after");
            long position = awaitAppended(feed, "order-after").position();
            feed.await(
                    "the head",
                    event -> event.name().equals("horizon")
                            && event.json().get("head").asLong() == position
                            && event.json().get("horizon").asLong() == position);
            post("/lab/projections/order-list/slow", "{\"delay_ms\":0}");
            post("/projections/order-list/resume", "");
            awaitAdvanced(
                    feed,
                    "resumed",
                    item -> item.get("position").asLong() == position
                            && item.get("state").asText().equals("running"));
            post("/projections/order-list/rebuild?compare=true", "");
            awaitAdvanced(feed, "rebuild", item -> item.has("rebuild"));
            post("/projections/order-list/rebuild/cancel", "");
        }
    }

    private interface Condition {
        boolean holds(JsonNode item);
    }

    private static void awaitAdvanced(Sse feed, String what, Condition condition) {
        feed.await(
                what,
                event -> event.name().equals("advanced")
                        && event.json().get("name").asText().equals("order-list")
                        && condition.holds(event.json()));
    }

    @Test
    void wrong_input_is_400_or_406() {
        problem(get("/lab/feed?after=1"), 400, "/problems/invalid-parameters");
        problem(get("/lab/feed?last_event_id=x"), 400, "/problems/invalid-parameters");
        problem(get("/lab/feed", "Last-Event-ID", "x"), 400, "/problems/invalid-headers");
        problem(get("/lab/feed", "Accept", "application/json"), 406, "/problems/not-acceptable");
    }

    @Test
    void head_opens_no_stream() {
        Http.Answer head = http.send(http.request("/lab/feed").HEAD());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
    }
}

package dev.diptych.api.read;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.StoreKind;
import dev.diptych.api.support.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions, tokens, cursors and ids of an ended history are never accepted in the current one. */
@ParameterizedClass
@EnumSource(StoreKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoriesTest {

    private static final List<String> LISTS = List.of("/orders", "/products/sales", "/customers/active");

    /**
     * What a client remembers of order {@code o-1}, which is at version 1, and of the lists.
     *
     * @param cursors by the path of the list
     */
    private record Remembered(String history, String tag, String token, String eventId, Map<String, String> cursors) {

        static Remembered by(Http client) {
            place(client, "o-1");
            String token = place(client, "o-2").header("Consistency-Token");
            Map<String, String> cursors = new HashMap<>();
            for (String list : LISTS) {
                JsonNode page =
                        client.getOnceVisible(list + "?limit=1&after=" + token).json();
                cursors.put(list, page.path("next_cursor").asText());
            }
            Http.Answer order = client.getOnceVisible("/orders/o-1?after=" + token);
            try (Sse stream = Sse.open(client, "/orders?after=" + token)) {
                return new Remembered(
                        order.header("Store-History"),
                        order.header("ETag"),
                        token,
                        stream.awaitLive().id(),
                        cursors);
            }
        }
    }

    @Parameter
    private StoreKind kind;

    private String database = "";
    private Remembered past = new Remembered("", "", "", "", Map.of());
    private Diptych diptych;
    private Http http;

    private Store open() {
        return switch (kind) {
            case MEMORY -> MemoryStore.open();
            case POSTGRES -> TestPostgres.open(database);
        };
    }

    /** Answers a token whose history has ended. A store in memory cannot know that it had another history before. */
    private void assertTokenIsRefused(Http.Answer answer, String field) {
        if (kind == StoreKind.POSTGRES) {
            problem(answer, 410, "/problems/superseded-history");
            return;
        }
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(OverHttp.errors(answer, "field")).containsExactly(field);
        assertThat(OverHttp.errors(answer, "message"))
                .singleElement()
                .asString()
                .startsWith("is a token of another store");
    }

    @BeforeParameterizedClassInvocation
    void begin_another_history() {
        database = kind == StoreKind.POSTGRES ? TestPostgres.freshDatabase() : "";
        try (var before = Diptych.start(open(), "127.0.0.1", 0);
                var client = new Http(before.port())) {
            past = Remembered.by(client);
        }
        if (kind == StoreKind.POSTGRES) { // each store in memory has a history of its own
            TestPostgres.query(database, "SELECT diptych.add_history()");
        }
        diptych = Diptych.start(open(), "127.0.0.1", 0);
        http = new Http(diptych.port());
        for (String id : List.of("o-1", "o-2")) { // where they are still there, that changes nothing
            assertThat(http.getOnceVisible(place(http, id).header("Location")).status())
                    .isEqualTo(200);
        }
    }

    @AfterParameterizedClassInvocation
    void stop() {
        http.close();
        diptych.close();
    }

    /** Each order has another customer and another product, so that every list has two rows. */
    private static Http.Answer place(Http client, String id) {
        return client.post(
                "/orders",
                "{\"order_id\":\"" + id + "\",\"customer_id\":\"c-" + id + "\",\"items\":[{\"sku\":\"s-" + id
                        + "\",\"quantity\":1,\"unit_price\":\"15.00\"}]}");
    }

    private Http.Answer pay(String id, String version) {
        return http.post("/orders/" + id + "/pay", "{\"amount\":\"15.00\"}", "If-Match", version);
    }

    private String present() {
        return diptych.store().events().history();
    }

    @Test
    void every_response_states_its_history() {
        assertThat(present()).matches("[0-9a-f]{12}").isNotEqualTo(past.history());
        for (String path : List.of("/orders/o-1", "/orders", "/products/sales", "/customers/active")) {
            assertThat(http.getOnceVisible(path).header("Store-History"))
                    .as(path)
                    .isEqualTo(present());
        }
    }

    @Test
    void a_version_of_an_ended_history_never_satisfies_a_precondition() {
        Http.Answer answer = pay("o-2", past.tag());
        problem(answer, 412, "/problems/precondition-failed");
        assertThat(answer.json().path("detail").asText()).contains("is at version 1 of another history");
        assertThat(answer.header("ETag")).isEqualTo("\"1." + present() + "\"");
        assertThat(pay("o-2", answer.header("ETag")).status()).isEqualTo(202);
    }

    @Test
    void a_version_of_an_ended_history_is_never_304() {
        assertTagMatchesNothing(http);
    }

    private void assertTagMatchesNothing(Http client) {
        Http.Answer answer = client.getOnceVisible("/orders/o-1", "If-None-Match", past.tag());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"1." + present() + "\"");
    }

    @Test
    void a_token_of_an_ended_history_is_rejected_without_waiting() {
        long begin = System.nanoTime();
        assertTokensAreRefused(http);
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20); // the client would wait for 30 seconds
    }

    private void assertTokensAreRefused(Http client) {
        assertTokenIsRefused(client.getOnceVisible("/orders/o-1?after=" + past.token()), "after");
        assertTokenIsRefused(client.getOnceVisible("/orders", "Consistency-Token", past.token()), "Consistency-Token");
    }

    @Test
    void a_cursor_of_an_ended_history_is_410_with_a_described_problem() {
        LISTS.forEach(list -> assertCursorIsRefused(http, list));
        Http.Answer meaning = http.get("/problems/superseded-history");
        assertThat(meaning.json().path("status").asInt()).isEqualTo(410);
    }

    private void assertCursorIsRefused(Http client, String list) {
        assertThat(past.cursors().get(list)).isNotEmpty();
        problem(
                client.getOnceVisible(list + "?cursor=" + past.cursors().get(list)),
                410,
                "/problems/superseded-history");
        String cursor = client.getOnceVisible(list + "?limit=1")
                .json()
                .path("next_cursor")
                .asText();
        assertThat(client.getOnceVisible(list + "?cursor=" + cursor).json().path("items"))
                .hasSize(1);
    }

    @Test
    void a_stream_reopened_in_another_history_begins_with_reset() {
        assertStreamsBeginAgain(http);
    }

    private void assertStreamsBeginAgain(Http client) {
        for (String path : List.of("/orders", "/orders/o-1", "/orders?status=placed&customer_id=c-o-1")) {
            for (Sse stream : List.of(
                    Sse.open(client, path, "Last-Event-ID", past.eventId()),
                    Sse.open(client, path + (path.contains("?") ? "&" : "?") + "last_event_id=" + past.eventId()))) {
                try (stream) {
                    Sse.Event live = stream.awaitLive();
                    assertThat(live.id()).endsWith("." + present());
                    assertThat(stream.told()).contains("row o-1 placed");
                    Sse.Event first = stream.events().stream()
                            .filter(event -> !event.name().isEmpty())
                            .findFirst()
                            .orElseThrow();
                    assertThat(first.name()).isEqualTo("reset");
                    assertThat(first.id()).as("it is lost if the rows are").isEmpty();
                    assertThat(first.json().path("history").asText()).isEqualTo(present());
                }
            }
        }
    }

    /** Planted fault: a read side that accepts every history as the client's. */
    @Test
    void a_server_that_ignores_histories_is_detected() {
        Store store = diptych.store();
        try (var blind = Diptych.start(
                        new Store(
                                store.name(),
                                Set.of(Role.READ),
                                store.events(),
                                store.addresses(),
                                store.project(),
                                BlindToHistories.of(store.read(), past.history()),
                                store.leases(),
                                store.oldestAppend(),
                                store.openAppend(),
                                store.pools(),
                                () -> {}),
                        "127.0.0.1",
                        0);
                var deceived = new Http(blind.port())) {
            for (ThrowingCallable check : List.<ThrowingCallable>of(
                    () -> assertTagMatchesNothing(deceived),
                    () -> assertTokensAreRefused(deceived),
                    () -> assertCursorIsRefused(deceived, "/orders"),
                    () -> assertCursorIsRefused(deceived, "/products/sales"),
                    () -> assertCursorIsRefused(deceived, "/customers/active"),
                    () -> assertStreamsBeginAgain(deceived))) {
                assertThatThrownBy(check).isInstanceOf(AssertionError.class);
            }
        }
    }
}

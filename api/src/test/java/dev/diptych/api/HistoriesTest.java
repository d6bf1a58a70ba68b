package dev.diptych.api;

import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.core.contract.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients remember of a history that has ended is never taken for the same thing in the present one. */
class HistoriesTest {

    private static final List<String> LISTS = List.of("/orders", "/products/sales", "/customers/active");

    /**
     * What a client remembers of order {@code o-1}, which is at version 1, and of the lists.
     *
     * @param cursors by the path of the list
     */
    private record Remembered(String history, String tag, String token, String eventId, Map<String, String> cursors) {

        static Remembered by(Client client) {
            client.place("o-1");
            String token = client.place("o-2").header("Consistency-Token");
            Map<String, String> cursors = new HashMap<>();
            for (String list : LISTS) {
                JsonNode page = client.get(list + "?limit=1&after=" + token).json();
                cursors.put(list, page.path("next_cursor").asText());
            }
            Http.Answer order = client.get("/orders/o-1?after=" + token);
            try (Sse stream = client.follow("/orders?after=" + token)) {
                return new Remembered(
                        order.header("Store-History"),
                        order.header("ETag"),
                        token,
                        stream.awaitLive().id(),
                        cursors);
            }
        }
    }

    /** Somebody who sends requests to a server. */
    private record Client(Http http) {

        /** Each order is of another customer and another product, so that every list has two rows. */
        Http.Answer place(String id) {
            return http.post(
                    "/orders",
                    "{\"order_id\":\"" + id + "\",\"customer_id\":\"c-" + id + "\",\"items\":[{\"sku\":\"s-" + id
                            + "\",\"quantity\":1,\"unit_price\":\"15.00\"}]}");
        }

        Http.Answer pay(String id, String ifMatch) {
            return http.send(http.request("/orders/" + id + "/pay")
                    .header("Content-Type", "application/json")
                    .header("If-Match", ifMatch)
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"amount\":\"15.00\"}")));
        }

        Http.Answer get(String path, String... headers) {
            var request = http.request(path).header("Prefer", "wait=30");
            return http.send((headers.length == 0 ? request : request.headers(headers)).GET());
        }

        Sse follow(String path, String... headers) {
            return Sse.open(http, path, headers);
        }
    }

    /** A server whose store has begun another history since somebody was here. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Specs {

        private Remembered past = new Remembered("", "", "", "", Map.of());
        private Diptych diptych;
        private Http http;

        abstract Store open();

        /** Called while no server is running. */
        abstract void beginHistory();

        /** What a token is answered with once its history has ended. */
        abstract void assertTokenIsRefused(Http.Answer answer, String field);

        @BeforeAll
        void begin_another_history() {
            try (var before = Diptych.start(open(), "127.0.0.1", 0);
                    var client = new Http(before.port())) {
                past = Remembered.by(new Client(client));
            }
            beginHistory();
            diptych = Diptych.start(open(), "127.0.0.1", 0);
            http = new Http(diptych.port());
            for (String id : List.of("o-1", "o-2")) { // where they are still there, that changes nothing
                assertThat(client().get(client().place(id).header("Location")).status())
                        .isEqualTo(200);
            }
        }

        @AfterAll
        void stop() {
            http.close();
            diptych.close();
        }

        private Client client() {
            return new Client(http);
        }

        private String present() {
            return diptych.store().events().history();
        }

        @Test
        void every_answer_names_the_history_in_which_it_was_read() {
            assertThat(present()).matches("[0-9a-f]{12}").isNotEqualTo(past.history());
            for (String path : List.of("/orders/o-1", "/orders", "/products/sales", "/customers/active")) {
                assertThat(client().get(path).header("Store-History")).as(path).isEqualTo(present());
            }
        }

        @Test
        void a_version_of_an_ended_history_is_no_precondition_that_could_be_met() {
            Http.Answer answer = client().pay("o-2", past.tag());
            problem(answer, 412, "/problems/precondition-failed");
            assertThat(answer.json().path("detail").asText()).contains("is at version 1 of another history");
            assertThat(answer.header("ETag")).isEqualTo("\"1." + present() + "\"");
            assertThat(client().pay("o-2", answer.header("ETag")).status()).isEqualTo(202);
        }

        @Test
        void a_version_of_an_ended_history_is_not_what_the_client_has_already() {
            assertTagMatchesNothing(client());
        }

        private void assertTagMatchesNothing(Client client) {
            Http.Answer answer = client.get("/orders/o-1", "If-None-Match", past.tag());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("ETag")).isEqualTo("\"1." + present() + "\"");
        }

        @Test
        void a_token_of_an_ended_history_is_refused_at_once() {
            long begin = System.nanoTime();
            assertTokensAreRefused(client());
            assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20); // the client would wait for 30 seconds
        }

        private void assertTokensAreRefused(Client client) {
            assertTokenIsRefused(client.get("/orders/o-1?after=" + past.token()), "after");
            assertTokenIsRefused(client.get("/orders", "Consistency-Token", past.token()), "Consistency-Token");
        }

        @Test
        void a_cursor_of_an_ended_history_is_410_and_its_problem_can_be_looked_up() {
            LISTS.forEach(list -> assertCursorIsRefused(client(), list));
            Http.Answer meaning = http.get("/problems/superseded-history");
            assertThat(meaning.json().path("status").asInt()).isEqualTo(410);
        }

        private void assertCursorIsRefused(Client client, String list) {
            assertThat(past.cursors().get(list)).isNotEmpty();
            problem(client.get(list + "?cursor=" + past.cursors().get(list)), 410, "/problems/superseded-history");
            String cursor =
                    client.get(list + "?limit=1").json().path("next_cursor").asText();
            assertThat(client.get(list + "?cursor=" + cursor).json().path("items"))
                    .hasSize(1);
        }

        @Test
        void a_stream_that_is_opened_again_in_another_history_begins_with_an_empty_list() {
            assertStreamsBeginAgain(client());
        }

        private void assertStreamsBeginAgain(Client client) {
            for (String path : List.of("/orders", "/orders/o-1", "/orders?status=placed&customer_id=c-o-1")) {
                for (Sse stream : List.of(
                        client.follow(path, "Last-Event-ID", past.eventId()),
                        client.follow(path + (path.contains("?") ? "&" : "?") + "last_event_id=" + past.eventId()))) {
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

        /** Planted: a read side that takes every history for the one in which the client was here. */
        @Test
        void a_server_that_does_not_tell_histories_apart_is_found() {
            Store store = diptych.store();
            try (var blind = Diptych.start(
                            new Store(
                                    store.name(),
                                    Set.of(Role.READ),
                                    store.events(),
                                    store.project(),
                                    BlindToHistories.of(store.read(), past.history()),
                                    store.oldestAppend(),
                                    store.pools(),
                                    () -> {}),
                            "127.0.0.1",
                            0);
                    var client = new Http(blind.port())) {
                var deceived = new Client(client);
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

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }

        /** With each store in memory. */
        @Override
        void beginHistory() {}

        /** Nothing is left by which it could know that it had another one before. */
        @Override
        void assertTokenIsRefused(Http.Answer answer, String field) {
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
            assertThat(OverHttp.errors(answer, "field")).containsExactly(field);
            assertThat(OverHttp.errors(answer, "message"))
                    .singleElement()
                    .asString()
                    .startsWith("is a token of another store");
        }
    }

    @Nested
    class OnPostgres extends Specs {

        private final String database = TestPostgres.freshDatabase();

        @Override
        Store open() {
            return TestPostgres.open(database);
        }

        @Override
        void beginHistory() {
            TestPostgres.query(database, "SELECT diptych.add_history()");
        }

        @Override
        void assertTokenIsRefused(Http.Answer answer, String field) {
            problem(answer, 410, "/problems/superseded-history");
        }
    }

    /** Streams that are open while the history ends, on a node that only reads. */
    @Nested
    class OfOpenStreams {

        private static final int MANY = 20;

        private final String database = TestPostgres.freshDatabase();

        private Diptych writingNode() {
            return Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
        }

        private Diptych readingNode() {
            var access = new PostgresStore.Access(
                    Optional.empty(), Map.of(Role.READ, TestPostgres.user(database, Role.READ)));
            return Diptych.start(PostgresStore.open("postgres", access), "127.0.0.1", 0);
        }

        /** As a restore does it, after which the writer that connects first adds the history. */
        private String loseAnOrder(String id) {
            for (String table : List.of("order_list", "order_summaries")) {
                TestPostgres.query(
                        database, "DELETE FROM diptych." + table + " WHERE order_id = '" + id + "' RETURNING order_id");
            }
            return TestPostgres.query(database, "SELECT diptych.add_history()").getFirst();
        }

        @Test
        void every_open_stream_empties_its_list_and_goes_on_in_the_new_history() {
            List<Sse> streams = new ArrayList<>();
            try (var reading = readingNode();
                    var readers = new Http(reading.port())) {
                String token;
                try (var writing = writingNode();
                        var client = new Http(writing.port())) {
                    new Client(client).place("kept");
                    token = new Client(client).place("lost").header("Consistency-Token");
                    IntStream.range(0, MANY)
                            .mapToObj(n -> n % 2 == 0 ? "/orders?after=" : "/orders/kept?after=")
                            .forEach(path -> streams.add(new Client(readers).follow(path + token)));
                    Sse ofTheLost = new Client(readers).follow("/orders/lost?after=" + token);
                    streams.add(ofTheLost);
                    streams.forEach(Sse::awaitLive);
                }

                String history = loseAnOrder("lost");

                Waiting.until(
                        "every stream is live again",
                        () -> streams.stream()
                                .allMatch(stream -> since(stream, history).stream()
                                        .anyMatch(event -> event.name().equals("live"))));
                try (var writing = writingNode();
                        var client = new Http(writing.port())) {
                    new Client(client).pay("kept", "*");
                    streams.stream().limit(MANY).forEach(stream -> {
                        Sse.Event paid = stream.await("row kept paid");
                        assertThat(paid.id()).endsWith("." + history);
                    });
                }
                for (Sse stream : streams) {
                    assertThat(since(stream, history))
                            .extracting(Sse.Event::told)
                            .doesNotContain("row lost placed")
                            .containsOnlyOnce("live");
                }
                assertThat(since(streams.getFirst(), history))
                        .extracting(Sse.Event::told)
                        .startsWith("reset", "row kept placed", "live")
                        .contains("row kept paid");
            } finally {
                streams.forEach(Sse::close);
            }
        }

        /** What came from the point where the client was told of a history. */
        private static List<Sse.Event> since(Sse stream, String history) {
            return stream.events().stream()
                    .dropWhile(event -> !event.name().equals("reset")
                            || !event.json().path("history").asText().equals(history))
                    .toList();
        }
    }
}

package dev.diptych.api.live;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.NodeState;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.StoreKind;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.ProjectionRunner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event streams of orders: the current rows, and then each change. */
class LiveTest extends OnEachStore {

    @AfterEach
    void goOn() {
        NodeState.runners(diptych).forEach(ProjectionRunner::resume);
    }

    private Sse follow(String path, String... headers) {
        return Sse.open(http, path, headers);
    }

    @Test
    void a_stream_of_an_order_sends_its_state_and_each_change() {
        String token = place("one").header("Consistency-Token");
        try (Sse stream = follow("/orders/one", "Consistency-Token", token)) {
            Sse.Event live = stream.awaitLive();
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Vary")).isEqualTo("Accept, Accept-Encoding");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(live.id()).isEqualTo(live.json().path("position").asText() + "." + history());
            place("another");
            pay("one");
            Sse.Event paid = stream.await("row one paid");
            assertThat(paid.json()).isEqualTo(get("/orders/one").json());
            assertThat(paid.position()).isGreaterThan(live.position());
            assertThat(paid.id()).endsWith("." + history());
            assertThat(stream.told()).containsExactly("row one placed", "row one paid");
        }
    }

    @Test
    void a_stream_of_a_list_sends_its_rows_and_each_change() {
        place("l-1");
        String token = place("l-2").header("Consistency-Token");
        try (Sse stream = follow("/orders?after=" + token)) {
            stream.awaitLive();
            assertThat(stream.told()).contains("row l-1 placed", "row l-2 placed");
            place("l-3");
            pay("l-1");
            assertThat(stream.await("row l-1 paid").json().path("item_count").asInt())
                    .isEqualTo(1);
            stream.await("row l-3 placed");
        }
    }

    @Test
    void a_row_that_no_longer_matches_the_filter_is_reported_as_gone() {
        String token = place("f-1").header("Consistency-Token");
        try (Sse placed = follow("/orders?status=placed&after=" + token);
                Sse cancelled = follow("/orders?status=cancelled");
                Sse ofAnotherCustomer = follow("/orders?customer_id=missing")) {
            placed.awaitLive();
            cancelled.awaitLive();
            ofAnotherCustomer.awaitLive();
            pay("f-1");
            assertThat(placed.await("gone f-1").id()).isNotEmpty();
            place("f-2");
            placed.await("row f-2 placed");
            assertThat(placed.told()).doesNotContain("row f-1 paid");
            assertThat(cancelled.told()).doesNotContain("gone f-1", "row f-1 paid");
            assertThat(ofAnotherCustomer.told()).isEmpty();
        }
    }

    @Test
    void under_load_the_last_state_of_each_row_arrives_last() {
        try (Sse stream = follow("/orders")) {
            stream.awaitLive();
            List<String> ids = IntStream.range(0, 40).mapToObj(n -> "many-" + n).toList();
            ids.parallelStream().forEach(id -> {
                place(id);
                pay(id);
                post("/orders/" + id + "/ship", "");
            });
            List<String> last = ids.stream().map(id -> "row " + id + " shipped").toList();
            Waiting.until("the last states", () -> stream.told().containsAll(last));
            ids.forEach(id -> assertThat(versions(stream, id)).isSorted().endsWith(3));
            assertThat(stream.events().stream()
                            .filter(event -> !event.id().isEmpty())
                            .map(Sse.Event::position))
                    .isSorted();
        }
    }

    private static List<Integer> versions(Sse stream, String id) {
        return stream.events().stream()
                .filter(event -> event.name().equals("row") && event.order().equals(id))
                .map(event -> event.json().path("version").asInt())
                .toList();
    }

    @Test
    void a_stream_sends_all_current_rows_or_the_newest_up_to_a_limit() {
        List<OrderItem> items = List.of(new OrderItem("lamp", 2, Money.of("7.50")));
        for (int n = 0; n < 229; n++) {
            diptych.commands().dispatch(new PlaceOrder("p-" + n, "pages", items, Instant.now()));
        }
        String token = post("/orders", "{\"order_id\":\"p-229\",\"customer_id\":\"pages\"," + ITEMS + "}")
                .header("Consistency-Token");
        try (Sse all = follow("/orders?customer_id=pages&after=" + token);
                Sse two = follow("/orders?customer_id=pages&limit=2&after=" + token)) {
            all.awaitLive();
            two.awaitLive();
            assertThat(all.told()).hasSize(230).doesNotHaveDuplicates();
            assertThat(two.told()).containsExactly("row p-229 placed", "row p-228 placed");
        }
    }

    @Test
    void a_resumed_stream_sends_every_row_changed_since() {
        place("r-1");
        String token = place("r-2").header("Consistency-Token");
        String last;
        try (Sse stream = follow("/orders?customer_id=c&after=" + token)) {
            last = stream.awaitLive().id();
        }
        pay("r-1");
        token = place("r-3").header("Consistency-Token");
        for (Sse again : List.of(
                follow("/orders?customer_id=c&after=" + token, "Last-Event-ID", last),
                follow("/orders?customer_id=c&last_event_id=" + last + "&after=" + token),
                follow("/orders?status=placed&last_event_id=" + last + "&after=" + token))) {
            try (again) {
                again.awaitLive();
                assertThat(again.told())
                        .hasSize(2)
                        .contains("row r-3 placed")
                        .containsAnyOf("row r-1 paid", "gone r-1");
            }
        }
    }

    @Test
    void a_resumed_stream_ahead_of_this_server_continues_from_its_id() {
        String last = (diptych.store().events().head() + 1) + "." + history();
        try (Sse stream = follow("/orders", "Last-Event-ID", last)) {
            assertThat(stream.awaitLive().id()).isEqualTo(last);
            place("ahead-1");
            place("ahead-2");
            stream.await("row ahead-2 placed");
        }
    }

    @Test
    void many_concurrent_streams_receive_every_change() {
        int many = kind == StoreKind.POSTGRES ? 100 : 1_000; // each begins with queries, alike for all after 100
        String token = place("crowd").header("Consistency-Token");
        List<Sse> streams = new ArrayList<>();
        try {
            for (int n = 0; n < many; n++) {
                streams.add(follow(n % 2 == 0 ? "/orders/crowd" : "/orders?limit=1", "Consistency-Token", token));
            }
            awaitAll(streams, "live", event -> event.name().equals("live"));
            assertThat(NodeState.streams(diptych)).isGreaterThanOrEqualTo(many);
            pay("crowd");
            awaitAll(streams, "what has changed", event -> event.told().equals("row crowd paid"));
        } finally {
            streams.forEach(Sse::close);
        }
    }

    private static void awaitAll(List<Sse> streams, String what, Predicate<Sse.Event> is) {
        Waiting.until(
                what,
                () -> streams.stream()
                        .allMatch(stream -> stream.events().stream().anyMatch(is)));
    }

    @Test
    void an_unknown_order_is_404() {
        try (Sse stream = follow("/orders/none")) {
            assertThat(stream.head().statusCode()).isEqualTo(404);
        }
    }

    @Test
    void an_invalid_request_for_a_stream_is_400() {
        String[] stream = {"Accept", "text/event-stream"};
        problem(get("/orders?cursor=x", stream), 400, "/problems/invalid-parameters");
        problem(get("/orders?last_event_id=abc", stream), 400, "/problems/invalid-parameters");
        problem(get("/orders?last_event_id=1.here"), 400, "/problems/invalid-parameters");
        for (String id : List.of(
                "abc", "1", "-1.here", "01.here", "1.", ".here", "1.he_re", "1.here.1", "9999999999999999999.here")) {
            problem(
                    get("/orders", "Accept", "text/event-stream", "Last-Event-ID", id.replace("here", history())),
                    400,
                    "/problems/invalid-headers");
        }
    }
}

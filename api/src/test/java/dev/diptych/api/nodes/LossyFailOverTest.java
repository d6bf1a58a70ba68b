package dev.diptych.api.nodes;

import static dev.diptych.api.support.OrderClient.token;
import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.support.HeldUp;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.PauseWatch;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.StreamClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fail-over to a standby that has not received the last 300 orders, which ends the history of the store. One node
 * keeps running; one of its projections has read the 300 orders and not applied them. Positions and versions of the
 * ended history are used again, and nothing of the ended history may be accepted in the new one.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossyFailOverTest {

    private static final int LOST = 300;
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));
    private static final String HELD_UP = "order-summaries";

    private final HeldUp.Gate gate = new HeldUp.Gate();
    private final PauseWatch pauses = new PauseWatch();
    private final List<Http.Answer> placedAfter = new ArrayList<>();
    private ReplicatedStore store;
    private Diptych node;
    private OrderClient client;
    private StreamClient stream;

    private Http.Answer kept;
    private Http.Answer lost;
    private String cursor;
    private final List<String> idsOfTheEndedHistory = new ArrayList<>();

    @BeforeAll
    void failOver(@TempDir Path directory) {
        gate.open();
        store = ReplicatedStore.create(directory);
        node = store.start(
                opened -> pauses.watch(HeldUp.store(opened, gate, HELD_UP::equals)),
                Role.WRITE,
                Role.PROJECT,
                Role.READ);
        client = OrderClient.of(node);
        stream = new StreamClient(client.http());
        Standby standby = replicatedOrders();
        lostOrders();
        store.failOverTo(standby);
        gate.open();
        for (int i = 0; i < 20; i++) {
            placedAfter.add(client.placeUntilAccepted("after-" + i));
        }
    }

    private Standby replicatedOrders() {
        for (int i = 0; i < 35; i++) {
            kept = client.place("kept-" + i);
        }
        awaitCaughtUp(projection -> true);
        rememberId("kept-34");
        cursor = client.get("/orders?limit=10").json().path("next_cursor").asText();
        Standby standby = store.standby();
        standby.cutReplication();
        return standby;
    }

    /** All projections but one have applied them; that one has read them. */
    private void lostOrders() {
        pauses.pause(node);
        for (int i = 1; i < LOST; i++) {
            node.commands().dispatch(new PlaceOrder("lost-" + i, "c", ITEMS, Instant.now()));
        }
        lost = client.place("lost-" + LOST);
        gate.shut();
        NodeState.runners(node).forEach(ProjectionRunner::resume);
        gate.awaitHeldUp();
        awaitCaughtUp(projection -> !projection.equals(HELD_UP));
        rememberId("lost-" + LOST);
    }

    /** Waits until the stream shows an order: its first rows have no id, and {@code live} follows them. */
    private void rememberId(String order) {
        Waiting.until(
                "the stream shows " + order,
                () -> stream.rows().contains(order) && !stream.lastId().isEmpty());
        idsOfTheEndedHistory.add(stream.lastId());
    }

    private void awaitCaughtUp(Predicate<String> chosen) {
        Waiting.until(
                "the projections have caught up",
                () -> NodeState.progress(node).entrySet().stream()
                        .filter(projection -> chosen.test(projection.getKey()))
                        .allMatch(projection -> projection.getValue().lag().orElseThrow() == 0));
    }

    @AfterAll
    void close() {
        gate.open();
        stream.close();
        client.close();
        node.close();
        store.close();
    }

    /** Returns the ids of the orders with events. */
    private Set<String> orders() {
        return new TreeSet<>(store.query(
                "SELECT DISTINCT substr(stream_name, 7) FROM diptych.events WHERE stream_name LIKE 'order-%'"));
    }

    @Test
    void exactly_the_300_unreplicated_orders_are_lost() {
        assertThat(orders())
                .hasSizeGreaterThanOrEqualTo(55)
                .contains("kept-0", "kept-34", "after-0", "after-19")
                .doesNotContain("lost-2", "lost-" + LOST);
    }

    @Test
    void every_view_has_exactly_the_orders_with_events() {
        String orders = String.valueOf(orders().size());
        for (String table : List.of("order_summaries", "order_list")) {
            Waiting.untilAsserted(
                    table + " has the orders that have events",
                    () -> assertThat(new TreeSet<>(store.query("SELECT order_id FROM diptych." + table)))
                            .isEqualTo(orders()));
        }
        Waiting.untilAsserted(
                "every sale is counted once",
                () -> assertThat(client.get("/products/sales")
                                .json()
                                .at("/items/0/orders")
                                .asText())
                        .isEqualTo(orders));
        Waiting.untilAsserted(
                "every open order is counted once",
                () -> assertThat(client.get("/customers/active")
                                .json()
                                .at("/items/0/open_orders")
                                .asText())
                        .isEqualTo(orders));
    }

    @Test
    void an_order_placed_afterwards_is_found_with_its_token() {
        for (Http.Answer placed : placedAfter) {
            assertThat(client.find(placed).header("ETag")).isEqualTo(placed.header("ETag"));
        }
    }

    @Test
    void no_projection_is_ahead_of_the_last_event() {
        Waiting.untilAsserted("every projection is within the events, and runs", () -> {
            for (JsonNode projection : client.get("/projections").json().path("items")) {
                assertThat(projection.path("position").asLong())
                        .as(projection.toString())
                        .isLessThanOrEqualTo(lastPosition());
                assertThat(projection.path("state").asText())
                        .as(projection.toString())
                        .isEqualTo("running");
            }
        });
    }

    private long lastPosition() {
        return Long.parseLong(
                store.query("SELECT max(position) FROM diptych.events").getFirst());
    }

    @Test
    void an_open_stream_is_reset_and_matches_the_list() {
        Waiting.untilAsserted(
                "the stream and the list show the same orders",
                () -> assertThat(stream.rows()).isEqualTo(client.listed()).isEqualTo(orders()));
        assertThat(stream.resets()).as("times that the list was emptied").isPositive();
    }

    @Test
    void a_stream_resumed_from_the_ended_history_begins_with_reset_and_all_rows() {
        String token = token(placedAfter.getLast());
        for (String id : idsOfTheEndedHistory) {
            try (Sse resumed = Sse.open(client.http(), "/orders?after=" + token, "Last-Event-ID", id)) {
                resumed.awaitLive();
                assertThat(resumed.names())
                        .as("after " + id)
                        .startsWith("reset", "row")
                        .containsOnlyOnce("reset");
                assertThat(resumed.events().stream()
                                .filter(event -> event.name().equals("row"))
                                .map(Sse.Event::order))
                        .containsExactlyInAnyOrderElementsOf(orders());
            }
        }
    }

    @Test
    void a_token_of_the_ended_history_is_410() {
        problem(client.get("/orders/kept-34?after=" + token(lost)), 410, "/problems/superseded-history");
        problem(client.get("/orders/kept-34?after=" + token(kept)), 410, "/problems/superseded-history");
        problem(
                client.get("/orders/kept-34", "Consistency-Token", token(kept), "Prefer", "stale-ok"),
                410,
                "/problems/superseded-history");
    }

    @Test
    void a_cursor_of_the_ended_history_is_410() {
        problem(client.get("/orders?limit=10&cursor=" + cursor), 410, "/problems/superseded-history");
    }

    /** The order was not lost, but its stream may have continued differently: version 2 could be another event. */
    @Test
    void if_match_with_a_tag_of_the_ended_history_is_412() {
        problem(client.pay("kept-34", "If-Match", kept.header("ETag")), 412, "/problems/precondition-failed");
        client.placeUntilAccepted("lost-1");
        problem(client.pay("lost-1", "If-Match", lost.header("ETag")), 412, "/problems/precondition-failed");
    }

    @Test
    void if_none_match_with_a_tag_of_the_ended_history_is_never_304() {
        Http.Answer read = client.get("/orders/kept-33", "If-None-Match", kept.header("ETag"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(client.get("/orders/kept-33", "If-None-Match", read.header("ETag"))
                        .status())
                .isEqualTo(304);
    }
}

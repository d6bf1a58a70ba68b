package dev.diptych.api.nodes;

import static dev.diptych.api.support.OrderClient.token;
import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.StreamClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A planned fail-over, before which the primary sends all changes to the standby. It begins another history without
 * losing events, and the views remain valid.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchOverTest {

    private final List<Http.Answer> before = new ArrayList<>();
    private final List<Http.Answer> after = new ArrayList<>();
    private ReplicatedStore store;
    private Diptych node;
    private OrderClient client;
    private StreamClient stream;
    private String idOfBefore;
    private List<String> rowsBefore;

    @BeforeAll
    void switchOver(@TempDir Path directory) {
        store = ReplicatedStore.create(directory);
        node = store.start(Role.WRITE, Role.PROJECT, Role.READ);
        client = OrderClient.of(node);
        stream = new StreamClient(client.http());
        for (int i = 0; i < 20; i++) {
            before.add(client.placeUntilAccepted("before-" + i));
        }
        Waiting.until(
                "the stream shows all orders",
                () -> stream.rows().size() == 20 && !stream.lastId().isEmpty());
        idOfBefore = stream.lastId();
        Waiting.until(
                "the projections have caught up",
                () -> NodeState.progress(node).values().stream()
                        .allMatch(projection -> projection.lag().orElseThrow() == 0));
        rowsBefore = rowVersions();
        Standby standby = store.standby();
        store.switchOverTo(standby);
        for (int i = 0; i < 5; i++) {
            after.add(client.placeUntilAccepted("after-" + i));
        }
    }

    private List<String> rowVersions() {
        return Stream.of("order_summaries", "order_list")
                .flatMap(table -> store
                        .query("SELECT order_id || ' ' || xmin FROM diptych." + table
                                + " WHERE order_id LIKE 'before-%' ORDER BY 1")
                        .stream())
                .toList();
    }

    @AfterAll
    void close() {
        stream.close();
        client.close();
        node.close();
        store.close();
    }

    private static Set<String> allOrders() {
        return Stream.concat(
                        IntStream.range(0, 20).mapToObj(i -> "before-" + i),
                        IntStream.range(0, 5).mapToObj(i -> "after-" + i))
                .collect(Collectors.toSet());
    }

    @Test
    void nothing_is_lost_and_new_orders_are_found_with_their_tokens() {
        for (Http.Answer placed : after) {
            client.find(placed);
        }
        Waiting.untilAsserted(
                "all orders are listed", () -> assertThat(client.listed()).isEqualTo(allOrders()));
    }

    @Test
    void the_views_are_not_rebuilt() {
        Waiting.untilAsserted("every projection runs and has caught up", () -> {
            for (JsonNode projection : client.get("/projections").json().path("items")) {
                assertThat(projection.path("state").asText())
                        .as(projection.toString())
                        .isEqualTo("running");
                assertThat(projection.path("lag").asLong())
                        .as(projection.toString())
                        .isZero();
            }
        });
        assertThat(rowVersions())
                .as("rows and the transactions that wrote them")
                .isEqualTo(rowsBefore);
    }

    @Test
    void an_earlier_token_is_410() {
        problem(client.get("/orders/before-0?after=" + token(before.getFirst())), 410, "/problems/superseded-history");
        problem(
                client.get("/orders", "Consistency-Token", token(before.getLast()), "Prefer", "wait=1"),
                410,
                "/problems/superseded-history");
    }

    @Test
    void an_earlier_tag_is_412_for_a_command_and_never_304() {
        String tag = before.get(1).header("ETag");
        problem(client.pay("before-1", "If-Match", tag), 412, "/problems/precondition-failed");
        assertThat(client.get("/orders/before-1", "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void a_repeated_command_has_its_first_response_and_a_valid_token() {
        Http.Answer first = before.get(2);
        Http.Answer again = client.place("before-2", "Idempotency-Key", "place-before-2");
        assertThat(again.status()).as(again.response().body()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        Http.Answer found = client.find(again);
        assertThat(client.get("/orders/before-2", "If-None-Match", found.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void after_a_reset_a_stream_matches_the_list() {
        Waiting.untilAsserted(
                "the stream shows all orders", () -> assertThat(stream.rows()).isEqualTo(allOrders()));
        assertThat(stream.resets()).as("times that the list was emptied").isPositive();
    }

    @Test
    void a_stream_resumed_with_an_earlier_id_begins_with_reset() {
        try (Sse resumed =
                Sse.open(client.http(), "/orders?after=" + token(after.getLast()), "Last-Event-ID", idOfBefore)) {
            resumed.awaitLive();
            assertThat(resumed.names()).startsWith("reset", "row");
            assertThat(resumed.events().stream()
                            .filter(event -> event.name().equals("row"))
                            .map(Sse.Event::order))
                    .containsExactlyInAnyOrderElementsOf(allOrders());
        }
    }
}

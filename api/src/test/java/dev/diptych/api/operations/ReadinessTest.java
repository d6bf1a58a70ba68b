package dev.diptych.api.operations;

import static dev.diptych.api.support.ProjectionAnswers.awaitProjection;
import static dev.diptych.api.support.ProjectionAnswers.state;
import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Store;
import dev.diptych.api.support.HeldUp;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.StoreKind;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.projection.ProjectionRunner;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a node says of itself that it can serve. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class ReadinessTest {

    @Parameter
    private StoreKind kind;

    /** More than a node may be behind to be ready for the first time. */
    static void appendMany(Store store) {
        NewEvent placed = StoredEvents.codec()
                .encode(
                        new OrderPlaced(
                                "o",
                                "c",
                                List.of(new OrderItem("lamp", 1, Money.of("1.00"))),
                                Money.of("1.00"),
                                Instant.EPOCH),
                        Map.of());
        append(store, Collections.nCopies(1_001, placed));
    }

    private static void append(Store store, List<NewEvent> events) {
        store.events().append(StreamName.of("order", "o"), ExpectedVersion.any(), events);
    }

    @Test
    void readiness_lists_all_checks() {
        try (var node = Diptych.start(kind.open(), "127.0.0.1", 0)) {
            awaitReady(node);
            JsonNode answer = ready(node).json();
            assertThat(answer.get("status").asText()).isEqualTo("ready");
            assertThat(answer.get("checks").findValuesAsText("name"))
                    .containsExactlyElementsOf(Stream.of(
                                    Stream.of("store-write", "store-project", "store-read"),
                                    NodeState.runners(node).stream().map(runner -> "projection-" + runner.name()),
                                    Stream.of("caught-up"))
                            .flatMap(names -> names)
                            .toList());
            assertThat(answer.has("oldest_append")).isFalse();
        }
    }

    @Test
    void an_unreadable_event_stops_only_the_projections_that_it_concerns() {
        try (var node = Diptych.start(kind.open(), "127.0.0.1", 0);
                var http = new Http(node.port())) {
            awaitReady(node);
            append(node.store(), List.of(new NewEvent("unknown-event", 1, "{\"secret\":1}", "{}")));
            Set<String> concerned = Set.of("order-list", "order-summaries", "product-sales", "active-customers");
            Waiting.untilAsserted(
                    "projections of orders have stopped",
                    () -> assertThat(stopped(node)).containsAll(concerned));

            Http.Answer ready = ready(node);
            assertThat(ready.status()).as(ready.response().body()).isEqualTo(200);
            assertThat(ready.response().body())
                    .contains("Projection order-list has stopped at position 1, event unknown-event.")
                    .doesNotContain("secret");

            JsonNode error = awaitProjection(http, "order-list", "has failed", state("failed"))
                    .get("last_error");
            assertThat(error.get("position").asLong()).isEqualTo(1);
            assertThat(error.get("event").asText()).isEqualTo("unknown-event");
            assertThat(error.get("error").asText()).contains("unknown-event");
            assertThat(error.get("attempts").asInt()).isPositive();
            assertThat(error.get("since").asText()).matches("\\d{4}-.*Z");

            Http.Answer started =
                    http.post("/subscriptions", "{\"customer_id\":\"c\",\"plan\":\"basic\",\"monthly_price\":1}");
            assertThat(started.status()).as(started.response().body()).isEqualTo(202);
            assertThat(http.getOnceVisible(started.header("Location")).status())
                    .as("a view of another context passes the event")
                    .isEqualTo(200);
            assertThat(http.post("/orders", "{\"order_id\":\"o-2\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}")
                            .status())
                    .as("commands go on")
                    .isEqualTo(202);
            assertThat(stopped(node)).containsAll(concerned).doesNotContain("subscription-summaries");
            assertThat(http.get("/orders/o-2").status()).isEqualTo(404);
        }
    }

    private static Set<String> stopped(Diptych node) {
        return NodeState.runners(node).stream()
                .filter(runner -> runner.state() == ProjectionRunner.State.FAILED)
                .map(ProjectionRunner::name)
                .collect(Collectors.toSet());
    }

    @Test
    void a_node_becomes_ready_once_caught_up_and_stays_ready_when_behind() {
        var gate = new HeldUp.Gate();
        Store store = HeldUp.store(kind.open(), gate);
        appendMany(store);
        try (var node = Diptych.start(store, "127.0.0.1", 0)) {
            Http.Answer behind = ready(node);
            assertThat(failed(behind)).containsExactly("caught-up");
            assertThat(behind.json().get("detail").asText()).contains("order-list=1001");

            gate.open();
            awaitReady(node);

            gate.shut();
            appendMany(store);
            assertThat(NodeState.progress(node).values())
                    .as("the gate is shut")
                    .allMatch(each -> each.lag().orElseThrow() > 1_000);
            assertThat(ready(node).status()).isEqualTo(200);
            gate.open();
        } finally {
            gate.open();
        }
    }
}

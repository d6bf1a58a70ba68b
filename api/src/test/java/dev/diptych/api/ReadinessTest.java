package dev.diptych.api;

import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.MemoryStore;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whether a node says of itself that it can serve. */
class ReadinessTest {

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }
    }

    @Nested
    class OnPostgres extends Specs {
        @Override
        Store open() {
            return TestPostgres.fresh();
        }
    }

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

    static Http.Answer ready(Diptych node) {
        try (var http = new Http(node.port())) {
            return http.get("/health/ready");
        }
    }

    static void awaitReady(Diptych node) {
        Waiting.untilAsserted("the node is ready", () -> {
            Http.Answer answer = ready(node);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        });
    }

    /** The names of the checks in an answer that are not ok. */
    static List<String> failed(Http.Answer answer) {
        problem(answer, 503, "/problems/not-ready");
        return StreamSupport.stream(answer.json().get("checks").spliterator(), false)
                .filter(check -> !check.get("ok").asBoolean())
                .peek(check -> assertThat(answer.json().get("detail").asText())
                        .contains(check.get("why").asText()))
                .map(check -> check.get("name").asText())
                .toList();
    }

    abstract static class Specs {

        abstract Store open();

        @Test
        void it_says_everything_that_it_has_looked_at() {
            try (var node = Diptych.start(open(), "127.0.0.1", 0)) {
                awaitReady(node);
                JsonNode answer = ready(node).json();
                assertThat(answer.get("status").asText()).isEqualTo("ready");
                assertThat(answer.get("checks").findValuesAsText("name"))
                        .containsExactlyElementsOf(Stream.of(
                                        Stream.of("store-write", "store-project", "store-read"),
                                        node.runners().stream().map(runner -> "projection-" + runner.name()),
                                        Stream.of("caught-up"))
                                .flatMap(names -> names)
                                .toList());
                assertThat(answer.has("oldest_append")).isFalse();
            }
        }

        @Test
        void an_event_that_cannot_be_read_stops_only_the_projections_that_it_concerns() {
            try (var node = Diptych.start(open(), "127.0.0.1", 0);
                    var http = new Http(node.port())) {
                awaitReady(node);
                append(node.store(), List.of(new NewEvent("nobody-knows-this", 1, "{\"secret\":1}", "{}")));
                Set<String> concerned = Set.of("order-list", "order-summaries", "product-sales", "active-customers");
                Waiting.untilAsserted(
                        "projections of orders have stopped",
                        () -> assertThat(stopped(node)).containsAll(concerned));

                Http.Answer ready = ready(node);
                assertThat(ready.status()).as(ready.response().body()).isEqualTo(200);
                assertThat(ready.response().body())
                        .contains("Projection order-list has stopped at position 1, event nobody-knows-this.")
                        .doesNotContain("secret");

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
            return node.runners().stream()
                    .filter(runner -> runner.state() == ProjectionRunner.State.FAILED)
                    .map(ProjectionRunner::name)
                    .collect(Collectors.toSet());
        }

        @Test
        void it_is_ready_once_it_has_caught_up_after_the_start_and_being_behind_later_takes_nothing_back() {
            var gate = new HeldUp.Gate();
            Store store = HeldUp.store(open(), gate);
            appendMany(store);
            try (var node = Diptych.start(store, "127.0.0.1", 0)) {
                Http.Answer behind = ready(node);
                assertThat(failed(behind)).containsExactly("caught-up");
                assertThat(behind.json().get("detail").asText()).contains("order-list=1001");

                gate.open();
                awaitReady(node);

                gate.shut();
                appendMany(store);
                assertThat(node.progress().values())
                        .as("the gate is shut")
                        .allMatch(each -> each.lag().orElseThrow() > 1_000);
                assertThat(ready(node).status()).isEqualTo(200);
                gate.open();
            } finally {
                gate.open();
            }
        }
    }
}

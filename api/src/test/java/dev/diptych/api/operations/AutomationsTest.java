package dev.diptych.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Automations;
import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.OverHttp;
import dev.diptych.core.automation.ItemCommand.ParkItem;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node cancels unpaid orders, and its operators see what it cannot do. */
class AutomationsTest {

    private final ShiftedClock clock = new ShiftedClock();
    private Diptych node;
    private Http http;
    private OrderClient orders;

    @BeforeEach
    void start() {
        Store store = MemoryStore.open(clock, new Automations(Optional.of(Duration.ofDays(14)), true));
        node = Diptych.start(
                store,
                new Listening("127.0.0.1", 0, Listening.IDLE, Access.forThisMachine(Map.of(), "127.0.0.1")),
                false);
        http = new Http(node.port());
        orders = OrderClient.of(node);
    }

    @AfterEach
    void stop() {
        orders.close();
        http.close();
        node.close();
    }

    private void place(String orderId) {
        assertThat(orders.place(orderId).status()).isEqualTo(202);
    }

    private JsonNode automation() {
        return http.get("/automations").json().path("items").path(0);
    }

    private void awaitItems(int open, int parked) {
        Waiting.until(
                open + " open and " + parked + " parked items",
                () -> automation().path("open").asInt() == open
                        && automation().path("parked").asInt() == parked);
    }

    private String status(String orderId) {
        return http.get("/orders/" + orderId).json().path("status").asText();
    }

    @Test
    void an_order_is_cancelled_when_its_time_has_come() {
        place("o1");
        awaitItems(1, 0);
        assertThat(automation().path("name").asText()).isEqualTo("unpaid-orders");
        clock.forward(Duration.ofDays(15));
        awaitItems(0, 0);
        Waiting.until("the order is cancelled", () -> status("o1").equals("cancelled"));
        assertThat(http.get("/orders/o1").json().path("cancel_reason").asText()).isEqualTo("not paid in time");
        Waiting.untilAsserted(
                "the metrics show it",
                () -> assertThat(http.get("/metrics").response().body())
                        .contains("diptych_automation_items{automation=\"unpaid-orders\",state=\"open\"} 0.0")
                        .contains("diptych_automation_commands_total{automation=\"unpaid-orders\","
                                + "outcome=\"accepted\"} 1.0")
                        .contains("diptych_automation_state{automation=\"unpaid-orders\",state=\"running\"} 1.0"));
    }

    /** No query is answered by a list, and no other node may apply events to it yet. */
    @ParameterizedTest
    @CsvSource({"unpaid-orders, true", "due-renewals, true", "order-list, false"})
    void only_a_view_that_is_behind_makes_a_node_unready(String projection, boolean ready) {
        Map<String, ProjectionProgress> views =
                Map.of(projection, ProjectionProgress.ofReader(0, OptionalLong.of(5_000)));
        var status = new StoreStatus(
                Map.of(), Map.of(), views, Set.of(), Map.of(), Optional.empty(), false, Optional.empty());
        assertThat(new Readiness(List.of(), Optional.empty(), Automations.LISTS).checks(Set.of(Role.READ), status))
                .filteredOn(check -> check.name().equals("caught-up"))
                .singleElement()
                .extracting(Check::ok)
                .isEqualTo(ready);
    }

    @Test
    void parked_items_are_listed_page_by_page_and_retried_or_dismissed() {
        place("o1");
        place("o2");
        place("o3");
        awaitItems(3, 0);
        for (int i = 1; i <= 3; i++) {
            park("o" + i, i);
        }
        awaitItems(0, 3);
        JsonNode first = http.get("/automations/unpaid-orders/parked?limit=2").json();
        assertThat(first.path("items"))
                .extracting(item -> item.path("key").asText())
                .containsExactly("o1", "o2");
        assertThat(first.path("items").path(0).path("reason").asText()).isEqualTo("order-paid: why");
        assertThat(first.path("items").path(0).path("what").path("total").asText())
                .isEqualTo("15.00");
        JsonNode second = http.get("/automations/unpaid-orders/parked?cursor="
                        + first.path("next_cursor").asText())
                .json();
        assertThat(second.path("items"))
                .extracting(item -> item.path("key").asText())
                .containsExactly("o3");
        assertThat(second.path("next_cursor").isNull()).isTrue();

        assertThat(http.post("/automations/unpaid-orders/parked/o1/retry", "").status())
                .isEqualTo(202);
        assertThat(http.post("/automations/unpaid-orders/parked/o2/dismiss", "").status())
                .isEqualTo(202);
        awaitItems(1, 1);
        for (String key : List.of("o4", "k".repeat(300), "%EF%BF%BF")) {
            OverHttp.problem(
                    http.post("/automations/unpaid-orders/parked/" + key + "/retry", ""), 404, "/problems/not-found");
        }
        clock.forward(Duration.ofDays(15));
        Waiting.until("the retried order is cancelled", () -> status("o1").equals("cancelled"));
        assertThat(status("o2")).isEqualTo("placed");
        awaitItems(0, 1);
    }

    private void park(String orderId, long opened) {
        node.commands().dispatch(new ParkItem("unpaid-orders", orderId, opened, "order-paid: why", clock.instant()));
    }
}

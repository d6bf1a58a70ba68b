package dev.diptych.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diptych.api.NodeState;
import dev.diptych.api.support.DemoOrders;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/**
 * Sends the demo data over real HTTP; every figure that the API answers is compared with one computed
 * from the file by other means.
 */
class DemoDataTest extends OnEachStore {

    private DemoOrders demo = new DemoOrders(List.of());

    @BeforeParameterizedClassInvocation
    void send_the_demo_data() throws IOException {
        demo = DemoOrders.read();
        for (JsonNode order : demo.orders()) {
            post(order);
        }
        demo.subscribers().forEach(this::subscribe);
        Waiting.until(
                "every projection has caught up",
                () -> NodeState.progress(diptych).values().stream()
                        .allMatch(projection -> projection.lag().orElseThrow() == 0));
    }

    private void post(JsonNode order) {
        String id = order.get("order_id").asText();
        ObjectNode body = Http.JSON.createObjectNode();
        body.put("order_id", id).set("customer_id", order.get("customer_id"));
        var items = body.putArray("items");
        order.get("items")
                .forEach(item -> items.addObject()
                        .put("sku", item.get("sku").asText())
                        .put("quantity", item.get("quantity").asInt())
                        .put("unit_price", item.get("unit_price").asText()));
        accepted("order", id, "/orders", body.toString());
        String status = DemoOrders.status(order);
        if (status.equals("paid") || status.equals("shipped")) {
            accepted("order", id, "/orders/" + id + "/pay", "{\"amount\":" + DemoOrders.total(order) + "}");
        }
        if (status.equals("shipped")) {
            accepted("order", id, "/orders/" + id + "/ship", "{}");
        }
        if (status.equals("cancelled")) {
            accepted("order", id, "/orders/" + id + "/cancel", "{\"reason\":\"no longer wanted\"}");
        }
    }

    private void subscribe(String customer) {
        String id = "sub-" + customer;
        accepted(
                "subscription",
                id,
                "/subscriptions",
                "{\"subscription_id\":\"" + id + "\",\"customer_id\":\"" + customer
                        + "\",\"plan\":\"Catalogue\",\"monthly_price\":\"19.90\"}");
    }

    private void accepted(String kind, String id, String path, String body) {
        Http.Answer answer = http.post(path, body);
        assertThat(answer.status()).as("%s: %s", path, answer.response().body()).isEqualTo(202);
        assertThat(answer.json().get(kind + "_id").asText()).isEqualTo(id);
        assertThat(answer.header("Location")).startsWith("/" + kind + "s/" + id + "?after=");
    }

    @Test
    void the_figures_of_the_data_are_the_published_ones() {
        Map<String, Integer> counts = new TreeMap<>();
        BigDecimal all = BigDecimal.ZERO;
        BigDecimal kept = BigDecimal.ZERO;
        for (JsonNode row : list("", 200)) {
            counts.merge(row.get("status").asText(), 1, Integer::sum);
            BigDecimal total = new BigDecimal(row.get("total").asText());
            all = all.add(total);
            kept = row.get("status").asText().equals("cancelled") ? kept : kept.add(total);
        }
        assertThat(counts).isEqualTo(Map.of("shipped", 314, "paid", 6, "placed", 4, "cancelled", 6));
        assertThat(all).isEqualByComparingTo("11281065");
        assertThat(kept).isEqualByComparingTo("11018721");
    }

    @Test
    void every_order_matches_the_file() {
        for (JsonNode order : demo.orders()) {
            JsonNode seen =
                    http.get("/orders/" + order.get("order_id").asText()).json();
            assertThat(seen.get("customer_id")).isEqualTo(order.get("customer_id"));
            assertThat(seen.get("status").asText()).isEqualTo(DemoOrders.status(order));
            assertThat(seen.get("total").asText())
                    .isEqualTo(DemoOrders.total(order).setScale(2).toPlainString());
            assertThat(seen.has("cancel_reason"))
                    .isEqualTo(DemoOrders.status(order).equals("cancelled"));
            assertThat(seen.get("version").asInt())
                    .isEqualTo(Map.of("placed", 1, "paid", 2, "cancelled", 2, "shipped", 3)
                            .get(DemoOrders.status(order)));
            assertThat(seen.get("items")).hasSameSizeAs(order.get("items"));
            for (int i = 0; i < order.get("items").size(); i++) {
                JsonNode expected = order.get("items").get(i);
                JsonNode item = seen.get("items").get(i);
                assertThat(item.get("sku")).isEqualTo(expected.get("sku"));
                assertThat(item.get("quantity")).isEqualTo(expected.get("quantity"));
                assertThat(item.get("unit_price").asText())
                        .isEqualTo(expected.get("unit_price").asText() + ".00");
            }
        }
    }

    @Test
    void pages_of_every_size_contain_every_order_once_newest_first() {
        List<String> expected = ids(list("", 200));
        assertThat(expected).hasSize(330);
        assertThat(new HashSet<>(expected)).hasSize(330);
        for (int limit : new int[] {7, 110, 165}) {
            assertThat(ids(list("", limit))).as("in pages of %s", limit).isEqualTo(expected);
        }
        List<JsonNode> rows = list("", 50);
        Comparator<JsonNode> newestFirst = Comparator.<JsonNode, Instant>comparing(
                        row -> Instant.parse(row.get("placed_at").asText()))
                .thenComparing(row -> row.get("order_id").asText())
                .reversed();
        assertThat(rows).isSortedAccordingTo(newestFirst);
    }

    @Test
    void each_filter_returns_exactly_the_matching_orders() {
        for (String status : new HashSet<>(DemoOrders.STATUS.values())) {
            assertThat(ids(list("status=" + status, 3)))
                    .containsExactlyInAnyOrderElementsOf(
                            expected(order -> DemoOrders.status(order).equals(status)));
        }
        for (String customer :
                new HashSet<>(demo.orders().stream().map(DemoOrders::customer).toList())) {
            assertThat(ids(list("customer_id=" + customer, 2)))
                    .containsExactlyInAnyOrderElementsOf(
                            expected(order -> DemoOrders.customer(order).equals(customer)));
            assertThat(ids(list("status=shipped&customer_id=" + customer, 200)))
                    .containsExactlyInAnyOrderElementsOf(
                            expected(order -> DemoOrders.customer(order).equals(customer)
                                    && DemoOrders.status(order).equals("shipped")));
        }
        assertThat(list("customer_id=missing", 10)).isEmpty();
    }

    private List<String> expected(java.util.function.Predicate<JsonNode> matches) {
        return ids(demo.orders().stream().filter(matches).toList());
    }

    @Test
    void customers_are_active_with_an_open_order_or_a_running_subscription() {
        List<Map<String, String>> expected = demo.activeCustomers();
        List<JsonNode> rows = list("/customers/active", "", 200);
        assertThat(rows).filteredOn(row -> row.get("open_orders").asInt() > 0).hasSize(10);
        assertThat(rows)
                .filteredOn(row -> row.get("running_subscriptions").asInt() > 0)
                .hasSize(10);
        for (int limit : new int[] {1, 3, 10, 19, 20, 21, 200}) {
            assertThat(fields(list("/customers/active", "", limit)))
                    .as("in pages of %s", limit)
                    .isEqualTo(expected);
        }
    }

    @Test
    void sales_are_the_sum_of_the_orders_that_are_not_cancelled() {
        List<Map<String, String>> expected = demo.productSales();
        assertThat(expected).hasSize(109);
        assertThat(expected.stream()
                        .map(row -> new BigDecimal(row.get("revenue")))
                        .reduce(BigDecimal::add))
                .contains(new BigDecimal("11018721.00"));
        for (int limit : new int[] {7, 54, 108, 109, 110, 200}) {
            assertThat(fields(list("/products/sales", "", limit)))
                    .as("in pages of %s", limit)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_cursor_is_accepted_for_every_storable_time_only() {
        for (String time : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")) {
            assertThat(http.get("/orders?cursor=" + cursor(history() + " " + time + " a"))
                            .status())
                    .isEqualTo(200);
        }
        for (String time : List.of("+10000-01-01T00:00:00Z", "+300000-01-01T00:00:00Z", "-5000-01-01T00:00:00Z")) {
            assertThat(http.get("/orders?cursor=" + cursor(history() + " " + time + " a"))
                            .status())
                    .isEqualTo(400);
        }
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_subscription_matches_its_command() {
        assertThat(demo.subscribers()).hasSize(10);
        for (String customer : demo.subscribers()) {
            JsonNode seen = http.get("/subscriptions/sub-" + customer).json();
            assertThat(seen.get("customer_id").asText()).isEqualTo(customer);
            assertThat(seen.get("plan").asText()).isEqualTo("Catalogue");
            assertThat(seen.get("monthly_price").asText()).isEqualTo("19.90");
            assertThat(seen.get("status").asText()).isEqualTo("running");
        }
    }

    private List<JsonNode> list(String filter, int limit) {
        return list("/orders", filter, limit);
    }

    private List<JsonNode> list(String path, String filter, int limit) {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = http.get(path + "?limit=" + limit + (filter.isEmpty() ? "" : "&" + filter)
                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            assertThat(page.get("items").size()).isLessThanOrEqualTo(limit);
            page.get("items").forEach(rows::add);
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        return rows;
    }

    /** Returns every field of every row as text, in the order of the response. */
    private static List<Map<String, String>> fields(List<JsonNode> rows) {
        return rows.stream().map(DemoDataTest::fields).toList();
    }

    private static Map<String, String> fields(JsonNode row) {
        Map<String, String> fields = new LinkedHashMap<>();
        row.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private static List<String> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.get("order_id").asText()).toList();
    }
}

package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A whole order book over real HTTP, on whatever store; every figure that the API answers is compared with one computed
 * from the file by other means.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OrderBookSpecs {

    private Book book = new Book(List.of());
    private Diptych diptych;
    private Http http;

    abstract Store open();

    @BeforeAll
    void post_the_whole_book() throws IOException {
        book = Book.read();
        diptych = Diptych.start(open(), "127.0.0.1", 0);
        http = new Http(diptych.port());
        for (JsonNode order : book.orders()) {
            post(order);
        }
        book.subscribers().forEach(this::subscribe);
        Waiting.until(
                "every projection has caught up",
                () -> diptych.progress().values().stream()
                        .allMatch(projection -> projection.lag().orElseThrow() == 0));
    }

    @AfterAll
    void stop() {
        http.close();
        diptych.close();
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
        String status = Book.status(order);
        if (status.equals("paid") || status.equals("shipped")) {
            accepted("order", id, "/orders/" + id + "/pay", "{\"amount\":" + Book.total(order) + "}");
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
    void the_figures_of_the_book_are_the_published_ones() {
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
    void every_order_is_answered_as_it_stands_in_the_file() {
        for (JsonNode order : book.orders()) {
            JsonNode seen =
                    http.get("/orders/" + order.get("order_id").asText()).json();
            assertThat(seen.get("customer_id")).isEqualTo(order.get("customer_id"));
            assertThat(seen.get("status").asText()).isEqualTo(Book.status(order));
            assertThat(seen.get("total").asText())
                    .isEqualTo(Book.total(order).setScale(2).toPlainString());
            assertThat(seen.has("cancel_reason")).isEqualTo(Book.status(order).equals("cancelled"));
            assertThat(seen.get("version").asInt())
                    .isEqualTo(Map.of("placed", 1, "paid", 2, "cancelled", 2, "shipped", 3)
                            .get(Book.status(order)));
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
    void pages_of_any_size_show_every_order_once_newest_first() {
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
    void each_filter_shows_exactly_the_orders_that_match() {
        for (String status : new HashSet<>(Book.STATUS.values())) {
            assertThat(ids(list("status=" + status, 3)))
                    .containsExactlyInAnyOrderElementsOf(
                            expected(order -> Book.status(order).equals(status)));
        }
        for (String customer :
                new HashSet<>(book.orders().stream().map(Book::customer).toList())) {
            assertThat(ids(list("customer_id=" + customer, 2)))
                    .containsExactlyInAnyOrderElementsOf(
                            expected(order -> Book.customer(order).equals(customer)));
            assertThat(ids(list("status=shipped&customer_id=" + customer, 200)))
                    .containsExactlyInAnyOrderElementsOf(
                            expected(order -> Book.customer(order).equals(customer)
                                    && Book.status(order).equals("shipped")));
        }
        assertThat(list("customer_id=nobody", 10)).isEmpty();
    }

    private List<String> expected(java.util.function.Predicate<JsonNode> matches) {
        return ids(book.orders().stream().filter(matches).toList());
    }

    @Test
    void customers_are_active_with_an_open_order_or_a_running_subscription() {
        List<Map<String, String>> expected = book.activeCustomers();
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
    void sales_are_what_the_orders_that_were_not_cancelled_add_up_to() {
        List<Map<String, String>> expected = book.productSales();
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
    void a_cursor_of_any_time_that_can_be_is_looked_up_and_of_no_other() {
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

    private String history() {
        return diptych.store().events().history();
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_subscription_is_answered_as_it_was_started() {
        assertThat(book.subscribers()).hasSize(10);
        for (String customer : book.subscribers()) {
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

    /** Every field of every row as text, in the order in which they are answered. */
    private static List<Map<String, String>> fields(List<JsonNode> rows) {
        return rows.stream().map(OrderBookSpecs::fields).toList();
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

package dev.diptych.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import dev.diptych.core.contract.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list routes, over real HTTP. */
class ListsApiTest extends OverHttp {

    private static final String CUSTOMERS = "/customers/active";
    private static final String PRODUCTS = "/products/sales";

    @Test
    void a_customer_is_active_while_an_order_is_open_or_a_subscription_runs() {
        place("a-1", "ann", "ann-lamp", 2);
        awaitCustomer(
                "ann",
                "{\"customer_id\":\"ann\",\"open_orders\":1,\"running_subscriptions\":0,"
                        + "\"lifetime_value\":\"15.00\"}");
        subscribe("s-1", "ann");
        awaitCustomer(
                "ann",
                "{\"customer_id\":\"ann\",\"open_orders\":1,\"running_subscriptions\":1,"
                        + "\"lifetime_value\":\"15.00\"}");
        http.post("/orders/a-1/pay", "{\"amount\":15}");
        http.post("/orders/a-1/ship", "{}");
        awaitCustomer(
                "ann",
                "{\"customer_id\":\"ann\",\"open_orders\":0,\"running_subscriptions\":1,"
                        + "\"lifetime_value\":\"15.00\"}");
        http.post("/subscriptions/s-1/cancel", "{\"reason\":\"moved\"}");
        awaitNoCustomer("ann");
        place("a-2", "ann", "ann-lamp", 1);
        awaitCustomer(
                "ann",
                "{\"customer_id\":\"ann\",\"open_orders\":1,\"running_subscriptions\":0,"
                        + "\"lifetime_value\":\"22.50\"}");
        http.post("/orders/a-2/cancel", "{\"reason\":\"moved\"}");
        awaitNoCustomer("ann");
    }

    @Test
    void a_product_is_sold_until_its_last_order_is_cancelled() {
        place("p-1", "paul", "paul-lamp", 2);
        place("p-2", "paul", "paul-lamp", 1);
        awaitProduct("{\"sku\":\"paul-lamp\",\"orders\":2,\"units\":3,\"revenue\":\"22.50\"}");
        http.post("/orders/p-1/cancel", "{\"reason\":\"moved\"}");
        awaitProduct("{\"sku\":\"paul-lamp\",\"orders\":1,\"units\":1,\"revenue\":\"7.50\"}");
        http.post("/orders/p-2/cancel", "{\"reason\":\"moved\"}");
        Waiting.until(
                "it is not sold any more",
                () -> items(PRODUCTS).stream()
                        .noneMatch(row -> row.get("sku").asText().equals("paul-lamp")));
    }

    @Test
    void products_of_the_same_revenue_are_listed_by_sku_and_capitals_come_first() {
        List<String> skus = List.of("Eq-B", "Eq-C", "eq-a", "eq-b");
        for (String sku : List.of("eq-b", "Eq-C", "eq-a", "Eq-B")) {
            place("o-" + sku, "Eve-" + sku, sku, 400);
        }
        Waiting.until(
                "all are listed",
                () -> names(PRODUCTS, "sku").containsAll(skus)
                        && names(CUSTOMERS, "customer_id")
                                .containsAll(
                                        skus.stream().map(sku -> "Eve-" + sku).toList()));
        assertThat(names(PRODUCTS, "sku").stream().filter(skus::contains)).isEqualTo(skus);
        assertThat(byOnes(PRODUCTS, "sku").stream().filter(skus::contains)).isEqualTo(skus);
        assertThat(byOnes(CUSTOMERS, "customer_id").stream().filter(id -> id.startsWith("Eve-")))
                .containsExactly("Eve-Eq-B", "Eve-Eq-C", "Eve-eq-a", "Eve-eq-b");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=201,limit",
        "limit=x,limit",
        "limit=1&limit=2,limit",
        "cursor=,cursor",
        "cursor=x,cursor",
        "cursor=!,cursor",
        "page=2,page",
        "customer_id=c,customer_id",
        "status=paid,status"
    })
    void an_invalid_parameter_is_400_and_named(String query, String name) {
        for (String path : List.of(CUSTOMERS, PRODUCTS)) {
            Http.Answer answer = http.get(path + "?" + query);
            problem(answer, 400, "/problems/invalid-parameters");
            assertThat(errors(answer, "field")).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "a b", "a/b", "ä", "a\n"})
    void only_an_issued_cursor_of_customers_is_accepted(String place) {
        refused(CUSTOMERS, cursor(history() + " " + place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.00",
                "1.00 ",
                " lamp",
                "1 lamp",
                "1.0 lamp",
                "1.000 lamp",
                "01.00 lamp",
                "-1.00 lamp",
                "-0.00 lamp",
                "1e3 lamp",
                "1e999999999 lamp",
                "NaN lamp",
                "1.00 -lamp",
                "1.00 lamp x",
                "lamp 1.00"
            })
    void only_an_issued_cursor_of_products_is_accepted(String place) {
        refused(PRODUCTS, cursor(history() + " " + place));
    }

    @Test
    void a_cursor_without_a_history_is_rejected() {
        refused(CUSTOMERS, cursor("c"));
        refused(PRODUCTS, cursor("1.00 lamp"));
        refused("/orders", cursor("2026-01-01T00:00:00Z o"));
    }

    private static String history() {
        return diptych.store().events().history();
    }

    @Test
    void a_cursor_is_accepted_only_by_its_own_list() {
        for (String id : List.of("mix-1", "mix-2")) {
            place(id, id, id, 1);
        }
        List<String> paths = List.of("/orders", CUSTOMERS, PRODUCTS);
        for (String path : paths) {
            String cursor = Waiting.until(
                            path, () -> http.get(path + "?limit=1").json().get("next_cursor"), next -> !next.isNull())
                    .asText();
            assertThat(http.get(path + "?cursor=" + cursor).status()).isEqualTo(200);
            paths.stream().filter(other -> !other.equals(path)).forEach(other -> refused(other, cursor));
            refused(path, cursor + "=");
        }
    }

    private static void refused(String path, String cursor) {
        Http.Answer answer = http.get(path + "?cursor=" + cursor);
        problem(answer, 400, "/problems/invalid-parameters");
        assertThat(errors(answer, "field")).containsExactly("cursor");
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static void place(String id, String customer, String sku, int quantity) {
        accepted(
                "/orders",
                "{\"order_id\":\"" + id + "\",\"customer_id\":\"" + customer + "\",\"items\":[{\"sku\":\"" + sku
                        + "\",\"quantity\":" + quantity + ",\"unit_price\":\"7.50\"}]}");
    }

    private static void subscribe(String id, String customer) {
        accepted(
                "/subscriptions",
                "{\"subscription_id\":\"" + id + "\",\"customer_id\":\"" + customer
                        + "\",\"plan\":\"basic\",\"monthly_price\":1}");
    }

    private static void accepted(String path, String body) {
        Http.Answer answer = http.post(path, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    }

    private static void awaitCustomer(String id, String row) {
        Waiting.until(
                row,
                () -> items(CUSTOMERS).stream()
                        .filter(each -> each.get("customer_id").asText().equals(id))
                        .anyMatch(each -> each.toString().equals(row)));
    }

    private static void awaitNoCustomer(String id) {
        Waiting.until(
                id + " is not active", () -> !names(CUSTOMERS, "customer_id").contains(id));
    }

    private static void awaitProduct(String row) {
        Waiting.until(
                row, () -> items(PRODUCTS).stream().map(JsonNode::toString).anyMatch(row::equals));
    }

    private static List<JsonNode> items(String path) {
        return StreamSupport.stream(
                        http.get(path + "?limit=200").json().get("items").spliterator(), false)
                .toList();
    }

    private static List<String> names(String path, String field) {
        return items(path).stream().map(row -> row.get(field).asText()).toList();
    }

    /** Reads the list in pages of one row. */
    private static List<String> byOnes(String path, String field) {
        List<String> names = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = http.get(path + "?limit=1" + next).json();
            page.get("items").forEach(row -> names.add(row.get(field).asText()));
            next = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!next.isEmpty());
        return names;
    }
}

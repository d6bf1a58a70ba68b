package dev.diptych.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.DemoData;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.core.eventstore.StreamName;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of orders, over real HTTP. */
class OrderApiTest extends OverHttp {

    @Test
    void an_order_is_placed_paid_and_shipped() {
        place("way");
        JsonNode placed = awaitVersion("way", 1);
        assertThat(placed.get("status").asText()).isEqualTo("placed");
        assertThat(placed.get("total").asText()).isEqualTo("15.00");
        assertThat(placed.fieldNames())
                .toIterable()
                .containsExactly(
                        "order_id", "customer_id", "status", "items", "total", "placed_at", "updated_at", "version");
        assertThat(http.post("/orders/way/pay", "{\"amount\":15}").status()).isEqualTo(202);
        assertThat(awaitVersion("way", 2).get("status").asText()).isEqualTo("paid");
        assertThat(http.send(http.request("/orders/way/ship").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(202);
        assertThat(awaitVersion("way", 3).get("status").asText()).isEqualTo("shipped");
    }

    @Test
    void a_cancelled_order_has_its_reason() {
        place("gone");
        assertThat(http.post("/orders/gone/cancel", "{\"reason\":\"too dear\"}").status())
                .isEqualTo(202);
        JsonNode order = awaitVersion("gone", 2);
        assertThat(order.get("status").asText()).isEqualTo("cancelled");
        assertThat(order.get("cancel_reason").asText()).isEqualTo("too dear");
    }

    @Test
    void the_server_makes_an_id_where_none_is_given() {
        Http.Answer answer = http.post("/orders", "{\"customer_id\":\"c\"," + OnStore.ITEMS + "}");
        String id = answer.json().get("order_id").asText();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("status").asText()).isEqualTo("accepted");
        assertThat(answer.header("Location")).startsWith("/orders/" + id + "?after=");
        assertThat(awaitVersion(id, 1).get("order_id").asText()).isEqualTo(id);
    }

    @Test
    void a_repeated_command_is_accepted_without_effect() {
        place("again");
        place("again");
        http.post("/orders/again/pay", "{\"amount\":\"15.00\"}");
        assertThat(http.post("/orders/again/pay", "{\"amount\":\"15\"}").status())
                .isEqualTo(202);
        assertThat(awaitVersion("again", 2).get("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_violated_rule_is_409_with_an_explanation() {
        place("early");
        Http.Answer answer = http.post("/orders/early/ship", "{}");
        problem(answer, 409, "/problems/order-not-paid");
        assertThat(answer.json().get("detail").asText())
                .isEqualTo("Order early has not been paid, so it cannot be shipped. Pay 15.00 first.");
        assertThat(answer.json().get("instance").asText()).isEqualTo("/orders/early/ship");
    }

    @Test
    void an_unknown_resource_is_404() {
        problem(http.get("/orders/missing"), 404, "/problems/not-found");
        problem(http.post("/orders/missing/ship", "{}"), 404, "/problems/not-found");
        problem(http.post("/orders/-x/ship", "{}"), 404, "/problems/not-found");
        problem(http.get("/nothing/here"), 404, "/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"a\":1} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "/* c */ {}",
                "\ufeff{}"
            })
    void invalid_json_is_400(String body) {
        problem(http.post("/orders", body), 400, "/problems/malformed-request");
    }

    @Test
    void invalid_utf_8_is_400() {
        byte[] broken = "{\"customer_id\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        problem(
                http.send(http.request("/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(broken))),
                400,
                "/problems/malformed-request");
    }

    @Test
    void a_body_of_more_than_256_kib_is_413_with_and_without_a_stated_length() {
        String fits = "{\"x\":\"" + "a".repeat(256 * 1024 - 8) + "\"}";
        assertThat(http.post("/orders", fits).status()).isEqualTo(422);
        String large = fits.replace("}", " }");
        problem(http.post("/orders", large), 413, "/problems/body-too-large");
        byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
        problem(
                http.send(http.request("/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))),
                413,
                "/problems/body-too-large");
    }

    @Test
    void all_errors_of_a_body_are_listed_with_their_fields() {
        Http.Answer answer = http.post("/orders", """
                {"order_id": "-", "custmer_id": "c", "items": [
                  {"sku": "a", "quantity": 0, "unit_price": "1.001"},
                  {"sku": "a", "quantity": "2", "unit_price": 1e3, "a/b": 1},
                  7]}""");
        problem(answer, 422, "/problems/invalid-fields");
        assertThat(errors(answer, "pointer"))
                .containsExactlyInAnyOrder(
                        "/order_id",
                        "/customer_id",
                        "/custmer_id",
                        "/items/0/quantity",
                        "/items/0/unit_price",
                        "/items/1/quantity",
                        "/items/1/unit_price",
                        "/items/1/a~1b",
                        "/items/1/sku",
                        "/items/2");
        assertThat(errors(answer, "field")).contains("items[1].quantity", "items[2]", "custmer_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1e3\"",
                "1e3",
                "1.5e1",
                "1E0",
                "-1",
                "\"-1\"",
                "\"\"",
                "\".5\"",
                "\"5.\"",
                "\"01\"",
                "\" 1\"",
                "1.001",
                "12.500",
                "1000000.01",
                "\"1000000.01\"",
                "null",
                "true",
                "[]",
                "{}",
                "\"0x1\"",
                "\"1,5\""
            })
    void a_price_has_plain_notation_two_decimals_and_a_range(String price) {
        Http.Answer answer = http.post(
                "/orders",
                "{\"customer_id\":\"c\",\"items\":[{\"sku\":\"a\",\"quantity\":1,\"unit_price\":" + price + "}]}");
        problem(answer, 422, "/problems/invalid-fields");
        assertThat(errors(answer, "field")).containsExactly("items[0].unit_price");
    }

    @ParameterizedTest
    @CsvSource({"0,0.00", "12.5,12.50", "'\"12.50\"',12.50", "1000000,1000000.00", "'\"0.01\"',0.01"})
    void a_price_is_a_number_or_a_string(String price, String total) {
        Http.Answer answer = http.post(
                "/orders",
                "{\"customer_id\":\"c\",\"items\":[{\"sku\":\"a\",\"quantity\":1,\"unit_price\":" + price + "}]}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(awaitVersion(answer.json().get("order_id").asText(), 1)
                        .get("total")
                        .asText())
                .isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "1.0", "1.5", "\"1\"", "null", "-1", "99999999999999999999", "1e1"})
    void a_quantity_is_a_whole_number_with_a_range(String quantity) {
        Http.Answer answer = http.post(
                "/orders",
                "{\"customer_id\":\"c\",\"items\":[{\"sku\":\"a\",\"quantity\":" + quantity + ",\"unit_price\":1}]}");
        problem(answer, 422, "/problems/invalid-fields");
        assertThat(errors(answer, "field")).containsExactly("items[0].quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "{}", "\"a\""})
    void an_order_has_1_to_100_items(String items) {
        Http.Answer answer = http.post("/orders", "{\"customer_id\":\"c\",\"items\":" + items + "}");
        problem(answer, 422, "/problems/invalid-fields");
        assertThat(errors(answer, "field")).containsExactly("items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "null", "5", "\"\\u0000\"", "\"\\ud800\""})
    void a_reason_is_text(String reason) {
        place("reason");
        problem(http.post("/orders/reason/cancel", "{\"reason\":" + reason + "}"), 422, "/problems/invalid-fields");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=201,limit",
        "limit=x,limit",
        "limit=1&limit=2,limit",
        "status=lost,status",
        "status=PAID,status",
        "customer_id=,customer_id",
        "cursor=x,cursor",
        "cursor=,cursor",
        "cursor=MjAwNS0wNS0zMVQwMDowMDowMFogMTA0MjQ=,cursor",
        "page=2,page"
    })
    void an_invalid_parameter_is_400_and_named(String query, String name) {
        Http.Answer answer = http.get("/orders?" + query);
        problem(answer, 400, "/problems/invalid-parameters");
        assertThat(errors(answer, "field")).containsExactly(name);
    }

    @Test
    void head_is_get_without_the_body() {
        place("head");
        awaitVersion("head", 1);
        Http.Answer head = http.send(http.request("/orders/head").HEAD());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(http.send(http.request("/orders/missing").HEAD()).status()).isEqualTo(404);
    }

    @Test
    void the_demo_data_sent_again_changes_nothing() {
        assertThat(DemoData.send(diptych.commands())).isEqualTo(new DemoData.Size(330, 10));
        long head = diptych.store().events().head();
        assertThat(DemoData.send(diptych.commands())).isEqualTo(new DemoData.Size(330, 10));
        assertThat(diptych.store().events().readAll(head, 1_000).events())
                .extracting(event -> event.stream().value())
                .noneMatch(stream -> stream.matches("order-1\\d{4}|subscription-sub-.*"));
        assertThat(diptych.store()
                        .events()
                        .readStream(StreamName.of("order", "10100"), 0, 1)
                        .events())
                .singleElement()
                .extracting(event -> Http.json(event.metadata()))
                .satisfies(metadata -> {
                    assertThat(metadata.get("command").asText()).isEqualTo("PlaceOrder");
                    assertThat(metadata.get("causation_id").asText()).hasSize(36);
                    assertThat(metadata.get("correlation_id").asText()).isEqualTo("demo-data");
                    assertThat(metadata.has("traceparent")).isFalse();
                    assertThat(metadata.has("side")).isFalse();
                });
        assertThat(awaitVersion("10100", 3).get("placed_at").asText()).isEqualTo("2003-01-06T00:00:00Z");
        assertThat(awaitVersion("/subscriptions/", "sub-145", 1)
                        .get("started_at")
                        .asText())
                .isEqualTo("2003-02-11T00:00:00Z");
    }

    private static void place(String id) {
        Http.Answer answer =
                http.post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    }

    private static JsonNode awaitVersion(String id, int version) {
        return awaitVersion("/orders/", id, version);
    }
}

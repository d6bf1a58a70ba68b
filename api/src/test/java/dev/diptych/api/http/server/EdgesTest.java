package dev.diptych.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.RawAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a correct client does not send: each is rejected with a problem that names the error. */
class EdgesTest extends OverHttp {

    private static final int LIMIT = 256 * 1024;

    @ParameterizedTest
    @CsvSource({
        "/orders, customer_id, 1e3",
        "/orders, customer_id, 1E3",
        "/orders, customer_id, 7",
        "/orders/o/cancel, reason, 1e3",
        "/orders/o/cancel, reason, 1.5e-1",
        "/orders/o/pay, amount, 1.5e1",
        "/orders/o/pay, amount, 1e400000000",
        "/orders/o/pay, amount, 1000000000000.01"
    })
    void a_number_is_not_a_text_and_an_exponent_not_an_amount(String path, String field, String value) {
        Http.Answer answer = http.post(path, "{\"" + field + "\":" + value + "}");

        problem(answer, 422, "/problems/invalid-fields");
        assertThat(faults(answer)).contains(field + " /" + field);
    }

    @Test
    void an_error_has_a_pointer_for_every_field_name() {
        Http.Answer answer = http.post("/orders", """
                {"customer_id": "c", "": 1, "items": [
                  {"sku": "a", "quantity": 1, "unit_price": 1},
                  {"sku": "a", "quantity": 1, "unit_price": 1, "a/b~c": 1},
                  7]}""");

        problem(answer, 422, "/problems/invalid-fields");
        assertThat(faults(answer))
                .containsExactlyInAnyOrder(
                        " /", "items[1].a/b~c /items/1/a~1b~0c", "items[1].sku /items/1/sku", "items[2] /items/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "[{}]", "1e3"})
    void a_body_must_be_an_object(String body) {
        Http.Answer answer = http.post("/orders/o/pay", body);

        problem(answer, 422, "/problems/invalid-fields");
        assertThat(faults(answer)).containsExactly(" ");
    }

    @Test
    void lengths_are_limited_in_characters() {
        assertThat(place("x".repeat(64), 1).status()).isEqualTo(202);
        assertThat(faults(place("x".repeat(65), 1))).containsExactly("order_id /order_id");
        assertThat(place("lines", 100).status()).isEqualTo(202);
        assertThat(faults(place("lines", 101))).containsExactly("items /items");
        String reason = "\ud83d\ude00".repeat(500); // of 1,000 UTF-16 code units
        assertThat(faults(http.post("/orders/lines/cancel", "{\"reason\":\"" + reason + "x\"}")))
                .containsExactly("reason /reason");
        assertThat(http.post("/orders/lines/cancel", "{\"reason\":\"" + reason + "\"}")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\\t\\n", "\u00a0", "\u2007", "\u202f", "\u3000", "\u200b\u2060", "\ufeff", "\\u0001"})
    void a_reason_must_have_a_visible_character(String reason) {
        assertThat(faults(http.post("/orders/o/cancel", "{\"reason\":\"" + reason + "\"}")))
                .containsExactly("reason /reason");
    }

    @Test
    void nesting_is_bounded() {
        problem(nested(15), 422, "/problems/invalid-fields");
        problem(nested(16), 400, "/problems/malformed-request");
        problem(nested(50_000), 400, "/problems/malformed-request");
    }

    @Test
    void a_syntax_error_has_a_line_and_a_column() {
        Http.Answer answer = http.post("/orders/o/pay", "{\n  \"amount\": ?}");

        problem(answer, 400, "/problems/malformed-request");
        assertThat(answer.json().path("detail").asText())
                .contains("line 2, column 1")
                .doesNotContain("jackson");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2003-01-06T00:00:00Z 1 2",
                "2003-01-06T00:00:00Z -",
                "2003-01-06T01:00:00+01:00 1",
                "2003-01-06T00:00:00.000Z 1",
                "2003-01-06 1",
                "+10000-01-01T00:00:00Z 1",
                "-0001-01-01T00:00:00Z 1",
                "+1000000000-12-31T23:59:59Z 1",
                " "
            })
    void only_an_issued_cursor_is_accepted(String place) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));

        Http.Answer answer = http.get("/orders?cursor=" + cursor);

        problem(answer, 400, "/problems/invalid-parameters");
        assertThat(faults(answer)).containsExactly("cursor");
    }

    @ParameterizedTest
    @CsvSource({"status=%zz, status", "customer_id=%, customer_id", "%zz=1, %zz", "limit, limit", "=, ''"})
    void a_parameter_that_cannot_be_read_is_not_passed_over(String query, String fault) throws IOException {
        String answer = RawAnswer.to(
                        diptych.port(), "GET /orders?" + query + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                .text();

        assertThat(answer).startsWith("HTTP/1.1 400").contains("{\"field\":\"" + fault + "\"");
    }

    @Test
    void parameters_are_decoded_as_form_data() {
        assertThat(http.get("/orders?status=pl%61ced&limit=%31&customer_id=c%2E1")
                        .status())
                .isEqualTo(200);
        assertThat(faults(http.get("/orders?customer_id=a+b"))).containsExactly("customer_id");
    }

    @Test
    void no_more_of_a_long_body_is_read_than_is_needed_to_refuse_it() throws IOException {
        // A gigabyte is announced, and a bit more than the limit is sent: the answer must not wait for the rest.
        String answer =
                RawAnswer.to(diptych.port(), """
                POST /orders/o/ship HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Connection: close
                Content-Length: 1073741824

                """ + " ".repeat(LIMIT + 10)).text();

        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
    }

    private static Http.Answer place(String id, int lines) {
        var items = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"sku\":\"s")
                    .append(i)
                    .append("\",\"quantity\":1,\"unit_price\":1}");
        }
        return http.post("/orders", "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\",\"items\":[" + items + "]}");
    }

    private static Http.Answer nested(int lists) {
        return http.post("/orders/o/pay", "{\"amount\":" + "[".repeat(lists) + "]".repeat(lists) + "}");
    }

    /** Each fault as its field and, in a body, its pointer. */
    private static List<String> faults(Http.Answer answer) {
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(EdgesTest::fault)
                .toList();
    }

    private static String fault(JsonNode fault) {
        String pointer = fault.path("pointer").asText("");
        return fault.path("field").asText() + (fault.has("pointer") ? " " + pointer : "");
    }
}

package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no good client sends: each is the client's fault, and answered as a problem that says which. */
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
    void a_number_is_no_text_and_an_exponent_no_amount(String path, String field, String value) {
        Http.Answer answer = http.post(path, "{\"" + field + "\":" + value + "}");

        assertProblem(answer, 422, "invalid-fields");
        assertThat(faults(answer)).contains(field + " /" + field);
    }

    @Test
    void a_fault_is_pointed_at_however_its_field_is_called() {
        Http.Answer answer = http.post("/orders", """
                {"customer_id": "c", "": 1, "items": [
                  {"sku": "a", "quantity": 1, "unit_price": 1},
                  {"sku": "a", "quantity": 1, "unit_price": 1, "a/b~c": 1},
                  7]}""");

        assertProblem(answer, 422, "invalid-fields");
        assertThat(faults(answer))
                .containsExactlyInAnyOrder(
                        " /", "items[1].a/b~c /items/1/a~1b~0c", "items[1].sku /items/1/sku", "items[2] /items/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "[{}]", "1e3"})
    void a_body_is_an_object(String body) {
        Http.Answer answer = http.post("/orders/o/pay", body);

        assertProblem(answer, 422, "invalid-fields");
        assertThat(faults(answer)).containsExactly(" ");
    }

    @Test
    void lengths_are_bounded_to_the_character() {
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
    void what_cannot_be_seen_is_no_reason(String reason) {
        assertThat(faults(http.post("/orders/o/cancel", "{\"reason\":\"" + reason + "\"}")))
                .containsExactly("reason /reason");
    }

    @Test
    void nesting_is_bounded() {
        assertProblem(nested(15), 422, "invalid-fields");
        assertProblem(nested(16), 400, "malformed-request");
        assertProblem(nested(50_000), 400, "malformed-request");
    }

    @Test
    void a_syntax_error_is_shown_by_line_and_column() {
        Http.Answer answer = http.post("/orders/o/pay", "{\n  \"amount\": ?}");

        assertProblem(answer, 400, "malformed-request");
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
    void a_cursor_is_one_that_was_given_out(String place) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));

        Http.Answer answer = http.get("/orders?cursor=" + cursor);

        assertProblem(answer, 400, "invalid-parameters");
        assertThat(faults(answer)).containsExactly("cursor");
    }

    @ParameterizedTest
    @CsvSource({"status=%zz, status", "customer_id=%, customer_id", "%zz=1, %zz", "limit, limit", "=, ''"})
    void a_parameter_that_cannot_be_read_is_not_passed_over(String query, String fault) throws IOException {
        String answer = raw("GET /orders?" + query + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("{\"field\":\"" + fault + "\"");
    }

    @Test
    void parameters_are_decoded_as_forms_encode_them() {
        assertThat(http.get("/orders?status=pl%61ced&limit=%31&customer_id=c%2E1")
                        .status())
                .isEqualTo(200);
        assertThat(faults(http.get("/orders?customer_id=a+b"))).containsExactly("customer_id");
    }

    @Test
    void a_broken_chunk_is_the_clients_fault() throws IOException {
        String answer = raw("""
                POST /orders/o/pay HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Transfer-Encoding: chunked
                Connection: close

                5
                {"amo
                zz
                """);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    @Test
    void no_more_of_a_long_body_is_read_than_is_needed_to_refuse_it() throws IOException {
        // A gigabyte is announced, and a bit more than the limit is sent: the answer must not wait for the rest.
        String answer = raw("""
                POST /orders/o/ship HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Connection: close
                Content-Length: 1073741824

                """ + " ".repeat(LIMIT + 10));

        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\n\n",
                "GET / HTTP/9.9\n\n",
                "GET /orders HTTP/1.1\n\n",
                "GET /orders/%zz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /orders/%00 HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /orders/a%2Fb HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /../etc/passwd HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "FOO /orders HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "TRACE /orders HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "POST /orders/o/ship HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n"
            })
    void what_is_not_http_is_a_problem_too(String request) throws IOException {
        assertThat(raw(request))
                .matches("(?s)HTTP/1.1 (4\\d\\d|501|505) .*")
                .contains("application/problem+json")
                .doesNotContainIgnoringCase("jetty");
    }

    @Test
    void headers_are_bounded() throws IOException {
        String answer = raw("GET /orders HTTP/1.1\nHost: localhost\nX-Long: " + "x".repeat(20_000) + "\n\n");

        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    @Test
    void the_server_does_not_say_what_it_is() {
        assertThat(http.get("/health/ready").header("Server")).isEmpty();
        assertThat(http.get("/nowhere").header("Server")).isEmpty();
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

    private static void assertProblem(Http.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("/problems/" + type);
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

    /** Sends a request that no decent client can send, with HTTP's ends of lines, and returns the whole answer. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), diptych.port())) {
            socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new RawAnswer(new String(answer, StandardCharsets.ISO_8859_1)).text();
        }
    }
}

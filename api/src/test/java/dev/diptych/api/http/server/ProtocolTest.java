package dev.diptych.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.RawAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP itself says about methods, codings and media types (RFC 9110, RFC 9112), whatever the route. */
class ProtocolTest extends OverHttp {

    /** Sends a request with a host, and closes the connection after it. */
    private static RawAnswer send(String request, String... headers) throws IOException {
        return RawAnswer.to(
                diptych.port(),
                request + " HTTP/1.1\nHost: localhost\nConnection: close\n" + String.join("\n", headers)
                        + (headers.length == 0 ? "\n" : "\n\n"));
    }

    /** Sends a command to an order that does not exist: 404 says that its body was read and understood. */
    private static RawAnswer pay(String... headers) throws IOException {
        String body = "{\"amount\":1}";
        return send(
                "POST /orders/none/pay",
                String.join("\n", headers) + "\nContent-Length: " + body.length() + "\n\n" + body);
    }

    private static String header(RawAnswer answer, String name) {
        return answer.text()
                .split("\r\n\r\n", 2)[0]
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override: POST, /orders/o/ship, 405",
        "x-http-method-override: POST, /orders/o/ship, 405",
        "X-HTTP-Method: POST, /orders/o/ship, 405",
        "X-Method-Override: POST, /orders/o/ship, 405",
        "X-HTTP-Method-Override: DELETE, /orders, 200",
        "X-Other: 1, /orders?_method=POST, 400"
    })
    void methods_are_not_overridden(String header, String target, int status) throws IOException {
        assertThat(send("GET " + target, header).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 404",
        "application/json;, 404",
        "application/json ; ; , 404",
        "application/json;;charset=utf-8;, 404",
        "Application/JSON; Charset=UTF-8, 404",
        "application/json;charset=\"utf-8\", 404",
        "application/json\t;\tcharset=utf-8\t, 404",
        "application/json; charset=utf-8; charset=utf-8, 404",
        "application/json; charset=utf-8; charset=latin1, 415",
        "application/json; charset=latin1, 415",
        "application/json; charset=\"utf-8, 415",
        "application/json; charset, 415",
        "'application/json, text/plain', 415",
        "application/jsonp, 415",
        "text/plain; application/json, 415",
        ";, 415"
    })
    void empty_parameters_of_the_content_type_are_ignored(String type, int status) throws IOException {
        assertThat(pay("Content-Type: " + type).status()).isEqualTo(status);
    }

    @Test
    void a_content_type_with_many_parameters_is_parsed_quickly() throws IOException {
        assertThat(pay("Content-Type: application/json" + "; ".repeat(6_000)).status())
                .isEqualTo(404);
        assertThat(pay("Content-Type: application/json" + "; ".repeat(6_000) + "x")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "identity, 404",
        "Identity, 404",
        "gzip, 415",
        "x-gzip, 415",
        "br, 415",
        "deflate, 415",
        "'gzip, identity', 415",
        "rubbish, 415",
        "'', 415"
    })
    void an_encoded_body_is_415_with_the_supported_coding(String coding, int status) throws IOException {
        RawAnswer answer = pay("Content-Type: application/json", "Content-Encoding: " + coding);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(header(answer, "Accept-Encoding")).isEqualTo(status == 415 ? "identity" : "none");
        if (status == 415) {
            assertThat(answer.type()).contains("/problems/unsupported-media-type");
            assertThat(answer.text()).contains("The Content-Encoding must be omitted, but is " + coding + ".");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Transfer-Encoding: chunked, 404",
        "Transfer-Encoding: Chunked, 404",
        "'Transfer-Encoding: gzip, chunked', 400",
        "'Transfer-Encoding: identity, chunked', 400",
        "'Transfer-Encoding: rubbish, chunked', 400",
        "'Transfer-Encoding: gzip;q=1, chunked', 400",
        "'Transfer-Encoding: chunked, gzip', 400",
        "'Transfer-Encoding: chunked, chunked', 400",
        "'Transfer-Encoding: gzip\nTransfer-Encoding: chunked', 400",
        "'Transfer-Encoding: chunked\nTransfer-Encoding: gzip', 400",
        "Transfer-Encoding: gzip, 400",
        "Transfer-Encoding: identity, 400",
        "'Transfer-Encoding: chunked\nContent-Length: 12', 400",
        "'Content-Length: 12\nTransfer-Encoding: chunked', 400"
    })
    void other_transfer_codings_than_chunked_are_rejected(String header, int status) throws IOException {
        RawAnswer answer =
                send("POST /orders/none/pay", "Content-Type: application/json\n" + header + "\n\nc\n{\"amount\":1}\n0");
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.type()).contains("/problems/malformed-request");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                      | GET, POST, HEAD, OPTIONS",
                "/orders                | GET, POST, HEAD, OPTIONS",
                "/orders/none           | GET, HEAD, OPTIONS",
                "/orders/none/ship      | POST, OPTIONS",
                "/projections           | GET, HEAD, OPTIONS",
                "/projections/none/pause| POST, OPTIONS",
                "/health/live           | GET, HEAD, OPTIONS",
                "/                      | GET, HEAD, OPTIONS"
            })
    void options_returns_the_supported_methods(String target, String methods) throws IOException {
        RawAnswer answer = send("OPTIONS " + target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(header(answer, "Allow")).isEqualTo(methods);
        assertThat(header(answer, "Content-Length")).isEqualTo("none");
        assertThat(answer.hasBody()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE /orders              | GET, POST, HEAD, OPTIONS",
                "GET /orders/o/ship          | POST, OPTIONS",
                "GET /subscriptions          | POST, OPTIONS",
                "DELETE /subscriptions/s     | GET, HEAD, OPTIONS",
                "POST /customers/active      | GET, HEAD, OPTIONS",
                "POST /products/sales        | GET, HEAD, OPTIONS"
            })
    void a_method_that_a_path_does_not_have_is_405_with_those_that_it_has(String target, String methods)
            throws IOException {
        RawAnswer answer = send(target, "Content-Length: 0");
        assertThat(answer.status()).as(answer.text()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo(methods);
    }

    @Test
    void a_target_that_does_not_exist_is_404_for_every_method() throws IOException {
        assertThat(send("OPTIONS /nowhere").status()).isEqualTo(404);
        assertThat(send("GET *").status()).isBetween(400, 404);
    }

    @Test
    void a_body_without_a_type_is_415() throws IOException {
        assertThat(pay("X-Other: 1").status()).isEqualTo(415);
    }

    /** The answers of an order, of a list and of a document, each long enough to be compressed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/orders/long     | none | \"1\\.[a-z0-9]+\"",
                "/orders          | gzip | none",
                "/openapi.json    | gzip | W/\"[0-9a-f]+\"",
                "/page/style/tape.css | gzip | W/\"[0-9a-f]+\"",
                "/problems        | gzip | none"
            })
    void a_strong_entity_tag_identifies_one_representation(String path, String coding, String tag) throws IOException {
        placeLong();
        RawAnswer plain = send("GET " + path);
        RawAnswer gzip = send("GET " + path, "Accept-Encoding: gzip");
        assertThat(header(plain, "Content-Encoding")).isEqualTo("none");
        assertThat(header(gzip, "Content-Encoding")).isEqualTo(coding);
        assertThat(header(gzip, "ETag")).matches(tag).isEqualTo(header(plain, "ETag"));
        for (RawAnswer each : new RawAnswer[] {plain, gzip, send("HEAD " + path, "Accept-Encoding: gzip")}) {
            assertThat(each.status()).isEqualTo(200);
            assertThat(header(each, "Vary")).contains("Accept-Encoding");
        }
        assertThat(header(plain, "Vary").contains("Accept,")).isEqualTo(path.startsWith("/orders"));
    }

    /** Two orders of 100 lines each, which can be seen. */
    private static void placeLong() {
        for (String id : new String[] {"long", "longer"}) {
            var items = new StringBuilder("{\"sku\":\"s\",\"quantity\":1,\"unit_price\":1}");
            for (int i = 1; i < 100; i++) {
                items.append(",{\"sku\":\"s").append(i).append("\",\"quantity\":1,\"unit_price\":1}");
            }
            String customer = "c".repeat(64);
            http.post(
                    "/orders",
                    "{\"order_id\":\"" + id + "\",\"customer_id\":\"" + customer + "\",\"items\":[" + items + "]}");
            awaitVersion("/orders/", id, 1);
        }
        for (int i = 0; i < 20; i++) {
            http.getOnceVisible(
                    http.post("/orders", "{\"order_id\":\"o" + i + "\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}")
                            .header("Location"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/long", "/openapi.json", "/", "/page/main.js", "/problems"})
    void a_304_has_the_headers_of_the_200_without_its_length(String path) throws IOException {
        placeLong();
        RawAnswer whole = send("GET " + path);
        for (String method : new String[] {"GET ", "HEAD "}) {
            RawAnswer same = send(method + path, "If-None-Match: *");
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.hasBody()).isFalse();
            assertThat(header(same, "Content-Length")).isEqualTo("none");
            for (String name : new String[] {"ETag", "Vary", "Cache-Control", "Content-Security-Policy"}) {
                assertThat(header(same, name)).as(name).isEqualTo(header(whole, name));
            }
            assertThat(header(same, "Content-Type")).isIn("none", header(whole, "Content-Type"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/orders          | If-Match: \"1.x\"          | 412",
                "/orders          | If-Match: *                | 200",
                "/orders          | If-Match: rubbish          | 400",
                "/orders          | If-None-Match: \"1.x\"     | 200",
                "/orders          | If-None-Match: *           | 304",
                "/orders?limit=0  | If-Match: \"1.x\"          | 400",
                "/openapi.json    | If-Match: \"1.x\"          | 412",
                "/page/main.js    | If-Match: \"1.x\"          | 412",
                "/projections     | If-Match: \"1.x\"          | 412",
                "/metrics         | If-Match: \"1.x\"          | 412",
                "/orders/none     | If-Match: *                | 404",
                "/orders/none     | If-None-Match: *           | 404",
                "/nowhere         | If-Match: \"1.x\"          | 404",
                "/orders          | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 200",
                "/orders          | If-Modified-Since: Fri, 06 Nov 2099 08:49:37 GMT   | 200"
            })
    void every_read_evaluates_its_preconditions(String path, String condition, int status) throws IOException {
        for (String method : new String[] {"GET ", "HEAD "}) {
            assertThat(send(method + path, condition).status()).as(method).isEqualTo(status);
        }
    }

    @Test
    void bodies_that_do_not_arrive_do_not_block_other_requests() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) { // more than the server has threads
                var socket = new Socket(InetAddress.getLoopbackAddress(), diptych.port());
                waiting.add(socket);
                String framing = i % 2 == 0 ? "Content-Length: 10" : "Transfer-Encoding: chunked";
                socket.getOutputStream()
                        .write(("POST /orders/none/pay HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(pay("Content-Type: application/json").status()).isEqualTo(404);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }
}

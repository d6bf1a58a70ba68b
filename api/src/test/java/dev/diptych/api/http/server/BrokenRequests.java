package dev.diptych.api.http.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Creates invalid requests, most of them by corrupting a valid one. Not thread-safe. */
final class BrokenRequests {

    private static final List<String> PATHS = List.of(
            "/orders",
            "/orders/o/pay",
            "/orders/o/ship",
            "/orders/o/cancel",
            "/subscriptions",
            "/subscriptions/s/change-plan",
            "/subscriptions/s/cancel");

    private static final List<String> BODIES = List.of(
            "{\"order_id\":\"o\",\"customer_id\":\"c\","
                    + "\"items\":[{\"sku\":\"a\",\"quantity\":1,\"unit_price\":\"1.50\"}]}",
            "{\"amount\":\"15.00\"}",
            "{}",
            "{\"reason\":\"too dear\"}",
            "{\"subscription_id\":\"s\",\"customer_id\":\"c\",\"plan\":\"p\",\"monthly_price\":19.9}",
            "{\"plan\":\"p\",\"monthly_price\":1}",
            "{\"reason\":\"gone\"}");

    /** The replacements for values. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "NaN",
            "-Infinity",
            "1e309",
            "-1",
            "0.001",
            "1E+999999999",
            "9".repeat(99),
            "9".repeat(500),
            "00",
            "\"\"",
            "\" \"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"" + "x".repeat(70) + "\"",
            "\"../..\"",
            "\"' OR 1=1 --\"",
            "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
            "{\"a\":1,\"a\":2}",
            "\"\\x\"",
            "'x'",
            "\"unclosed");

    private static final List<String> HEADERS = List.of(
            "If-Match: 1",
            "If-Match: \"1\"",
            "If-Match: \"0.a7f3c15b20e9\"",
            "If-Match: W/\"1.a7f3c15b20e9\"",
            "If-Match: \"1.a7f3c15b20e9\"\r\nIf-Match: \"2.a7f3c15b20e9\"",
            "If-Match: \"77.a7f3c15b20e9\"",
            "Idempotency-Key: ",
            "Idempotency-Key: a b",
            "Idempotency-Key: \u00e9",
            "Idempotency-Key: " + "k".repeat(256),
            "Idempotency-Key: \"\\",
            "Accept: text/html",
            "Accept: application/json;q=0, */*;q=0",
            "Accept: ;;;,,,",
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=latin1",
            "Content-Type: ",
            "Content-Encoding: gzip",
            "Expect: 200-maybe",
            "X-Junk: \u0001\u007f",
            "No colon here",
            " folded: line",
            "Transfer-Encoding: identity",
            "Content-Length: 5\r\nContent-Length: 6",
            "Cookie: " + "=;".repeat(500));

    private static final List<String> QUERIES = List.of(
            "limit=0",
            "limit=201",
            "limit=1e1",
            "limit=1&limit=2",
            "cursor=x",
            "cursor=" + "A".repeat(3_000),
            "status=unknown",
            "customer_id=%00",
            "customer_id=%ff%fe",
            "unknown=1",
            "%",
            "a=%zz",
            "after=x",
            "after=MS4x",
            "last_event_id=1.a7f3c15b20e9",
            "&&&=&=",
            "limit=%F0%9F%98%80");

    private static final List<String> TARGETS = List.of(
            "/orders",
            "/orders/o",
            "/orders/%",
            "/orders/%2e%2e",
            "/orders/a/b/c",
            "//orders",
            "/orders;x=1",
            "/orders/%ed%a0%80",
            "/orders/\u00e9",
            "/products/sales",
            "/customers/active",
            "/subscriptions/-",
            "/problems/%00",
            "/health/ready/x",
            "*",
            "orders",
            "http://other.example/orders",
            "/" + "x".repeat(5_000));

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "FOO",
            "get",
            "G\u00cbT",
            "");

    private final Random random;

    BrokenRequests(Random random) {
        this.random = random;
    }

    byte[] next() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> command(spoiledValue());
            case 2 -> command(spoiledBytes());
            case 3 -> command(one(BODIES).getBytes(StandardCharsets.UTF_8), one(HEADERS));
            case 4 ->
                bytes("GET " + one(TARGETS) + "?" + one(QUERIES)
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            case 5 ->
                bytes(one(METHODS) + " " + one(TARGETS) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            case 6 ->
                bytes("GET /orders HTTP/1.1\r\nHost: localhost\r\n" + one(HEADERS) + "\r\nConnection: close\r\n\r\n");
            default -> spoiledHead();
        };
    }

    /** Replaces a value of a valid body, or inserts a text. */
    private byte[] spoiledValue() {
        String body = one(BODIES);
        int from = random.nextInt(body.length());
        int colon = body.indexOf(':', from);
        int at = colon < 0 || random.nextInt(4) == 0 ? from : colon + 1;
        int end = at;
        while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) {
            end++;
        }
        return (body.substring(0, at) + one(VALUES) + body.substring(random.nextBoolean() ? end : at))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Changes bytes of a valid body, or truncates it. */
    private byte[] spoiledBytes() {
        byte[] body = one(BODIES).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }

    /** Changes bytes of a request; the server may accept the result, or must reject it with a problem. */
    private byte[] spoiledHead() {
        byte[] request =
                bytes("GET /orders?limit=1 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        for (int i = random.nextInt(3); i >= 0; i--) {
            // Not the end of the head: without it, the server rightly waits for more.
            request[random.nextInt(request.length - 25)] = (byte) (32 + random.nextInt(224));
        }
        return request;
    }

    private byte[] command(byte[] body, String... headers) {
        return join(bytes(head(one(PATHS), "Content-Length: " + body.length + "\r\n", headers)), body);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    static byte[] post(String path, String length, String body) {
        return bytes(head(path, length) + body);
    }

    private static String head(String path, String length, String... headers) {
        var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        boolean typed = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            typed |= header.startsWith("Content-Type");
        }
        return head + (typed ? "" : "Content-Type: application/json\r\n") + length + "\r\n";
    }

    /** Requests that are known to break servers. */
    static List<byte[]> handPicked() {
        List<byte[]> picked = new ArrayList<>();
        for (String path : PATHS) {
            for (String body : List.of(
                    "",
                    "[",
                    "null",
                    "NaN",
                    "[".repeat(100_000),
                    "{\"a\":".repeat(1_000),
                    "\"\\ud800\"",
                    "\u0000",
                    "1e999")) {
                if (!(path.endsWith("/ship") && body.isEmpty())) {
                    picked.add(post(path, "Content-Length: " + body.length() + "\r\n", body));
                }
            }
        }
        for (String request : List.of(
                "\r\n\r\nrubbish\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/0.9\r\n\r\n",
                "GET /orders HTTP/1.1\r\n\r\n",
                "GET /orders HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n",
                "FOO /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "TRACE /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /orders/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /orders/a%2Fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /orders/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3"
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /orders HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
                "POST /orders/o/ship HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked"
                        + "\r\nConnection: close\r\n\r\nzz\r\n")) {
            picked.add(bytes(request));
        }
        return picked;
    }

    private static byte[] join(byte[] head, byte[] body) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

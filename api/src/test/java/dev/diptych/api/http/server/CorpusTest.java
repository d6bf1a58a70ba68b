package dev.diptych.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.PauseWatch;
import dev.diptych.api.support.RawAnswer;
import dev.diptych.core.contract.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends invalid requests over a socket, because HTTP clients would not send most of them. None causes a server error,
 * and every rejection is a problem with a described type.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {

    private static final int AT_ONCE = 8;
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final PauseWatch pauses = new PauseWatch();
    private Diptych diptych;
    private Http http;

    /** A server with a short idle timeout, which would make other tests fail on slow machines. */
    private Diptych hasty;

    @BeforeAll
    void start() {
        diptych = start(Listening.IDLE);
        hasty = start(IDLE);
        http = new Http(diptych.port());
    }

    private Diptych start(Duration idle) {
        return Diptych.start(
                pauses.watch(MemoryStore.open()), new Listening("127.0.0.1", 0, idle, Access.forAllClients(Map.of())));
    }

    @AfterAll
    void stop() {
        http.close();
        diptych.close();
        hasty.close();
    }

    @Test
    void a_thousand_random_requests_are_rejected_with_problems() throws Exception {
        sendRandom(20_260_101, 1_000);
    }

    @Test
    @Tag("full")
    void a_hundred_thousand_random_requests_are_rejected_with_problems() throws Exception {
        long seed = new Random().nextLong();
        sendRandom(seed, 100_000);
    }

    /** Each request has its own seed, to reproduce it; consecutive seeds would create similar requests. */
    private void sendRandom(long seed, int count) throws Exception {
        long[] seeds = new Random(seed).longs(count).toArray();
        Set<String> types = new TreeSet<>();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<RawAnswer>> answers = new ArrayList<>();
            for (long each : seeds) {
                BrokenRequests requests = new BrokenRequests(new Random(each));
                answers.add(pool.submit(() -> send(requests.next())));
            }
            for (int i = 0; i < count; i++) {
                RawAnswer answer = answers.get(i).get();
                assertInWords(answer, "the request with seed " + seeds[i]);
                answer.type().ifPresent(types::add);
            }
        }
        assertThat(types)
                .as("kinds of problem that were met")
                .contains(
                        "/problems/malformed-request",
                        "/problems/invalid-fields",
                        "/problems/invalid-parameters",
                        "/problems/invalid-headers",
                        "/problems/not-found",
                        "/problems/method-not-allowed",
                        "/problems/not-acceptable",
                        "/problems/unsupported-media-type");
        for (String type : types) {
            assertThat(http.get(type).status()).as(type).isEqualTo(200);
        }
    }

    static List<byte[]> handPicked() {
        return BrokenRequests.handPicked();
    }

    @ParameterizedTest
    @MethodSource("handPicked")
    void a_chosen_request_is_rejected_with_a_problem(byte[] request) throws IOException {
        RawAnswer answer = send(request);
        assertInWords(answer, new String(request, StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).isBetween(400, 499);
    }

    @Test
    void a_stalled_body_is_408_and_a_stalled_head_ends_the_connection() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawAnswer>> bodies = IntStream.range(0, 8)
                    .mapToObj(i -> pool.submit(() -> stall(BrokenRequests.post(
                            "/orders/o/pay", "Content-Length: 100\r\n", "{\"amount\":" + "1".repeat(i)))))
                    .toList();
            Future<RawAnswer> head = pool.submit(() ->
                    stall("GET /orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII)));
            for (Future<RawAnswer> each : bodies) {
                assertThat(each.get().status()).as(each.get().text()).isEqualTo(408);
                assertThat(each.get().type()).contains("/problems/request-timeout");
                assertThat(each.get().text().toLowerCase(java.util.Locale.ROOT)).contains("connection: close");
            }
            assertThat(head.get().text())
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).startsWith("HTTP/1.1 408"));
        }
    }

    @Test
    void oversized_headers_are_a_problem_with_431() throws IOException {
        RawAnswer answer =
                send(("GET /orders HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.type()).contains("/problems/headers-too-large");
    }

    @Test
    void a_request_that_waits_for_a_write_is_not_idle() {
        pauses.pause(hasty);
        try (var http = new Http(hasty.port())) {
            String token = http.post("/orders", "{\"order_id\":\"idle\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}")
                    .header("Consistency-Token");
            Http.Answer answer = http.get("/orders?after=" + token, "Prefer", "wait=3");
            OverHttp.problem(answer, 503, "/problems/not-yet-visible");
        } finally {
            NodeState.runners(hasty).forEach(dev.diptych.core.projection.ProjectionRunner::resume);
        }
    }

    private static void assertInWords(RawAnswer answer, String request) {
        assertThat(answer.status()).as("%s%n%s", request, answer.text()).isBetween(200, 499);
        if (answer.status() >= 400) {
            assertThat(answer.text()).as(request).containsIgnoringCase("Content-Type: application/problem+json");
            if (answer.hasBody()) {
                assertThat(answer.type()).as("%s%n%s", request, answer.text()).isPresent();
                assertThat(answer.text()).doesNotContainIgnoringCase("jetty").doesNotContain("Exception");
            }
        }
    }

    /** Sends the bytes, closes the output, and reads until the server closes the connection. */
    private RawAnswer send(byte[] request) throws IOException {
        return send(request, diptych.port(), true);
    }

    /** Does the same without closing the output. */
    private RawAnswer stall(byte[] request) throws IOException {
        return send(request, hasty.port(), false);
    }

    private static RawAnswer send(byte[] request, int port, boolean ended) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                if (ended) {
                    socket.shutdownOutput();
                }
                socket.getInputStream().transferTo(answer);
            } catch (java.net.SocketTimeoutException e) {
                throw new IOException(
                        "No end of the answer to " + new String(request, StandardCharsets.ISO_8859_1) + ", only: "
                                + answer,
                        e);
            } catch (java.net.SocketException e) {
                // the server has closed the connection on what it did not want to read; what it said before counts
                drain(socket, answer);
            }
            return new RawAnswer(answer.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private static void drain(Socket socket, ByteArrayOutputStream answer) {
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException e) {
            // nothing more
        }
    }
}

package dev.diptych.api.lab;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.Sse;
import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** The limits of the feed: the number of its streams, and clients that do not read. */
class LabFeedLimitsTest extends OnEachStore {

    @Override
    @BeforeParameterizedClassInvocation
    protected void start() {
        var limits =
                new EventStreams.Limits(5_000, Duration.ofMillis(200), Duration.ofMinutes(5), Duration.ofMillis(50));
        diptych = Diptych.start(open(), Listening.here(), true, limits);
        http = new Http(diptych.port());
    }

    @BeforeEach
    void everyStreamHasEnded() {
        awaitStreams(0);
    }

    private void awaitStreams(int count) {
        Waiting.until("open streams", () -> NodeState.streams(diptych) == count);
    }

    private static void awaitState(Sse feed) {
        feed.await("the state", event -> event.name().equals("state"));
    }

    @Test
    void the_33rd_stream_is_503_until_another_ends() {
        List<Sse> feeds = new ArrayList<>();
        try {
            IntStream.range(0, 32).forEach(n -> feeds.add(Sse.open(http, "/lab/feed")));
            feeds.forEach(LabFeedLimitsTest::awaitState);
            Http.Answer refused = get("/lab/feed");
            problem(refused, 503, "/problems/no-more-streams");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            try (Sse orders = Sse.open(http, "/orders")) {
                orders.awaitLive();
            }
            awaitStreams(32);
            feeds.removeLast().close();
            awaitStreams(31);
            feeds.add(Sse.open(http, "/lab/feed"));
            awaitState(feeds.getLast());
        } finally {
            feeds.forEach(Sse::close);
        }
    }

    @Test
    void a_silent_feed_has_heartbeats() {
        try (Sse feed = Sse.open(http, "/lab/feed")) {
            feed.await("a heartbeat", event -> event.comment().equals("alive"));
        }
    }

    /** Its queue is full before it is stalled for too long. */
    @Test
    @Tag("full")
    void a_client_that_is_too_slow_is_disconnected_without_delaying_others() throws IOException {
        try (Socket slow = connect();
                Sse reading = Sse.open(http, "/lab/feed")) {
            slow.getOutputStream()
                    .write("GET /lab/feed HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            int first = slow.getInputStream().read(); // its stream has begun, and it reads no more
            awaitState(reading);
            IntStream.range(0, 3_000).parallel().forEach(n -> refuse("c".repeat(120) + n));
            refuse("last");
            reading.await(
                    "the last event",
                    event -> event.name().equals("refused")
                            && event.json().path("correlation_id").asText().equals("last"));
            String received = (char) first + everything(slow.getInputStream());
            assertThat(received)
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("event: state")
                    .doesNotContain("\"last\"");
            assertThat(received.contains("event: end")) // not after the idle timeout of the connection
                    .isEqualTo(received.contains("{\"reason\":\"the client is too slow\"}"));
            assertThat(reading.hasEnded()).isFalse();
        }
    }

    private void refuse(String correlationId) {
        assertThat(post("/orders/nothing/ship", "", "Correlation-Id", correlationId)
                        .status())
                .isEqualTo(404);
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), diptych.port()), (int)
                Waiting.PATIENCE.toMillis());
        return socket;
    }

    /** Returns everything received up to the end of the response. */
    private static String everything(InputStream in) {
        var text = new StringBuilder();
        var buffer = new byte[65_536];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                if (text.length() >= 5 && text.substring(text.length() - 5).equals("0\r\n\r\n")) {
                    break; // the last chunk
                }
            }
        } catch (IOException e) {
            text.append("\nbroken: ").append(e);
        }
        return text.toString();
    }
}

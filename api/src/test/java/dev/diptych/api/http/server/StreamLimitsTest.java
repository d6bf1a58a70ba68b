package dev.diptych.api.http.server;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
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

/** The limits of event streams: their number, and clients that do not read. */
class StreamLimitsTest extends OnEachStore {

    private static final int MOST = 3;
    private static final Duration STALL = Duration.ofSeconds(2);

    @Override
    @BeforeParameterizedClassInvocation
    protected void start() {
        var limits = new EventStreams.Limits(MOST, Duration.ofMillis(200), STALL, Duration.ofMillis(50));
        diptych = Diptych.start(open(), Listening.here(), false, limits);
        http = new Http(diptych.port());
    }

    @BeforeEach
    void everyStreamHasEnded() {
        awaitStreams(0);
    }

    private void awaitStreams(int count) {
        Waiting.until("open streams", () -> NodeState.streams(diptych) == count);
    }

    @Test
    void a_silent_stream_receives_heartbeats_with_its_position() {
        String token = place("silent").header("Consistency-Token");
        try (Sse stream = Sse.open(http, "/orders/silent", "Consistency-Token", token)) {
            long live = stream.awaitLive().position();
            stream.await("a heartbeat", event -> event.comment().equals("alive"));
            place("somewhere-else");
            stream.await(
                    "a heartbeat that is further", event -> event.comment().equals("alive") && event.position() > live);
            assertThat(stream.told()).containsExactly("row silent placed");
            assertThat(stream.events().getFirst().name()).isEmpty(); // how long to wait before coming again
        }
    }

    @Test
    void a_stream_beyond_the_limit_is_503_until_another_ends() {
        List<Sse> streams = new ArrayList<>();
        try {
            for (int n = 0; n < MOST; n++) {
                streams.add(Sse.open(http, "/orders"));
            }
            streams.forEach(Sse::awaitLive);
            Http.Answer refused = get("/orders", "Accept", "text/event-stream");
            problem(refused, 503, "/problems/no-more-streams");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(get("/orders").status()).isEqualTo(200);
            streams.removeLast().close();
            awaitStreams(MOST - 1);
            streams.add(Sse.open(http, "/orders"));
            streams.getLast().awaitLive();
        } finally {
            streams.forEach(Sse::close);
        }
    }

    @Test
    void head_opens_no_stream() {
        Http.Answer head = http.send(
                http.request("/orders").header("Accept", "text/event-stream").HEAD());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
        assertThat(head.header("Content-Length")).isEmpty();
        awaitStreams(0);
    }

    @Test
    @Tag("full")
    void a_client_that_does_not_read_is_disconnected_without_delaying_others() throws IOException {
        String customer = "c".repeat(64);
        IntStream.range(0, 1_500).parallel().forEach(n -> {
            String order = "{\"order_id\":\"slow-" + n + "\",\"customer_id\":\"" + customer + "\"," + ITEMS + "}";
            assertThat(post("/orders", order).status()).isEqualTo(202);
        });
        String token = place("last").header("Consistency-Token");
        try (Socket silent = connect();
                Sse reading = Sse.open(http, "/orders?customer_id=c&after=" + token)) {
            String request = """
                    GET /orders?after=%s HTTP/1.1
                    Host: 127.0.0.1:%d
                    Accept: text/event-stream
                    Prefer: wait=30

                    """.formatted(token, diptych.port());
            reading.awaitLive();
            silent.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            int first = silent.getInputStream().read(); // its stream has begun, and it reads no more
            awaitStreams(1);
            pay("last");
            reading.await("row last paid");
            assertThat((char) first + everything(silent.getInputStream()))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("event: row")
                    .doesNotContain("event: live", "event: end");
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), diptych.port()), (int)
                Waiting.PATIENCE.toMillis());
        return socket;
    }

    /** Returns everything received until the connection ends. */
    private static String everything(InputStream in) {
        var text = new StringBuilder();
        var buffer = new byte[8_192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            text.append("\nbroken: ").append(e);
        }
        return text.toString();
    }
}

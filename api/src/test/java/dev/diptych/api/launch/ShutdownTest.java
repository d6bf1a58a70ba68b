package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.Program;
import dev.diptych.api.support.Sse;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program is asked to stop while clients write, wait and follow streams. */
class ShutdownTest {

    /** What is promised, and room for a slow machine: a request that is waited for takes 30 seconds. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10).plusSeconds(10);

    private static final int ENOUGH = 100;

    @Test
    void on_memory_all_requests_finish_and_the_exit_code_is_0() throws Exception {
        stopUnderLoad();
    }

    @Test
    @Tag("full")
    void on_postgres_all_requests_finish_and_accepted_commands_are_stored() throws Exception {
        String database = TestPostgres.createDatabase();
        Settings owner = TestPostgres.owner(database);
        Set<String> accepted =
                stopUnderLoad("--store=postgres", "--jdbc-url=" + owner.url(), "--jdbc-user=" + owner.user());
        assertThat(new HashSet<>(TestPostgres.query(database, "SELECT stream_name FROM diptych.events")))
                .containsAll(accepted);
    }

    @Test
    @Tag("full")
    void a_request_that_never_ends_does_not_delay_the_shutdown() throws Exception {
        try (Program program = Program.start();
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(), program.http().port())) {
            String half = """
                    POST /orders HTTP/1.1
                    Host: 127.0.0.1:%d
                    Content-Type: application/json
                    Content-Length: 100

                    {"order_id":""".formatted(program.http().port());
            client.getOutputStream().write(half.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(program.http().get("/health/live").status()).isEqualTo(200);
            assertThat(timeToStop(program)).isLessThan(LONGEST_STOP);
        }
    }

    private static Duration timeToStop(Program program) throws Exception {
        long begin = System.nanoTime();
        program.stop();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Set<String> stopUnderLoad(String... options) throws Exception {
        try (Program program = Program.start(options);
                var http = new Http(program.http().port()); // not the one that is closed before the program stops
                var client = HttpClient.newHttpClient()) {
            var writers = new Writers(http);
            assertThat(http.post("/projections/active-customers/pause", "").status())
                    .isEqualTo(202);
            List<Sse> streams = IntStream.range(0, 20)
                    .mapToObj(n -> Sse.open(http, "/orders?limit=1"))
                    .toList();
            streams.forEach(Sse::awaitLive);
            String token = http.post("/orders", order("first")).header("Consistency-Token");
            writers.start();
            writers.awaitAccepted(ENOUGH);
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 20)
                    .mapToObj(n -> client.sendAsync(
                            http.request("/customers/active?after=" + token)
                                    .header("Prefer", "wait=30")
                                    .build(),
                            BodyHandlers.ofString()))
                    .toList();
            Waiting.until(
                    "all of them wait",
                    () -> http.get("/metrics").response().body().contains("\ndiptych_queries_waiting 20.0\n"));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            writers.stopping = true;
            assertThat(timeToStop(program)).isLessThan(LONGEST_STOP);

            streams.forEach(ShutdownTest::wasEndedPolitely);
            waiting.forEach(ShutdownTest::wasAnswered);
            writers.awaitEnd();
            assertThat(writers.faults).isEmpty();
            return writers.accepted;
        }
    }

    private static void wasEndedPolitely(Sse stream) {
        stream.awaitEnd();
        Sse.Event last = stream.events().getLast();
        assertThat(last.name()).isEqualTo("end");
        assertThat(last.json().path("reason").asText()).isEqualTo("the server is shutting down");
    }

    private static void wasAnswered(CompletableFuture<HttpResponse<String>> waiting) {
        HttpResponse<String> answer = waiting.join();
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode problem = Http.json(answer.body());
        assertThat(problem.path("type").asText()).isEqualTo("/problems/not-yet-visible");
    }

    private static String order(String id) {
        return "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}";
    }

    /** Clients that place one order after another, until the server takes no more. */
    private static final class Writers {
        private final Http http;
        private final Set<String> accepted = ConcurrentHashMap.newKeySet();
        private final Set<String> faults = ConcurrentHashMap.newKeySet();
        private final AtomicInteger next = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stopping;

        Writers(Http http) {
            this.http = http;
        }

        void start() {
            for (int n = 0; n < 8; n++) {
                threads.add(Thread.ofVirtual().name("writer-" + n).start(this::write));
            }
        }

        void awaitAccepted(int more) {
            int enough = accepted.size() + more;
            Waiting.until("enough writes", () -> accepted.size() > enough);
        }

        private void write() {
            String id = "o-" + next.incrementAndGet();
            while (wasAccepted(id)) {
                id = "o-" + next.incrementAndGet();
            }
        }

        /** Everything else than an acceptance is a fault, except that the server may not take a request any more. */
        private boolean wasAccepted(String id) {
            try {
                Http.Answer answer = http.post("/orders", order(id));
                if (answer.status() == 202) {
                    accepted.add("order-" + id);
                    return true;
                }
                faults.add(id + " got " + answer.status() + ": "
                        + answer.response().body());
            } catch (AssertionError e) {
                String why = String.valueOf(e.getCause());
                if (!stopping || why.contains("content-length") || why.contains("chunked")) { // cut off in its middle
                    faults.add(id + " got " + e + ", " + why);
                }
            }
            return false;
        }

        void awaitEnd() throws InterruptedException {
            for (Thread thread : threads) {
                assertThat(thread.join(Waiting.PATIENCE)).isTrue();
            }
        }
    }
}

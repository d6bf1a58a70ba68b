package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.Program;
import dev.diptych.core.contract.Waiting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program as a separate process. */
class MainTest {

    private static final Pattern LINE =
            Pattern.compile("Diptych listens on http://127\\.0\\.0\\.1:(\\d+), store: memory, .*330 orders and 10"
                    + " subscriptions.*Try: curl .*");

    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private static final String SECRET = "a-secret-0123456789";

    /** Every query, with a part of its answer once its read model contains the demo data. */
    private static final Map<String, String> DEMO_ANSWERS = Map.of(
            "/orders/10100", "\"status\":\"shipped\"",
            "/orders?limit=1", "\"next_cursor\":\"",
            "/products/sales?limit=1", "\"revenue\":\"",
            "/subscriptions/sub-145", "\"status\":\"running\"",
            "/customers/active?limit=1", "\"running_subscriptions\":");

    @Test
    void it_reads_its_environment_serves_requests_and_exits_with_0() throws Exception {
        Map<String, String> environment = Map.of("DIPTYCH_PORT", "0", "DIPTYCH_DEMO", "true");
        Process process = Program.launch(environment, "--demo"); // the demo, asked for twice
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Matcher line = LINE.matcher(itsLine(out));
            assertThat(line.matches()).as("the line that it prints").isTrue();
            try (var http = new Http(Integer.parseInt(line.group(1)))) {
                DEMO_ANSWERS.forEach((query, part) -> Waiting.until(
                        query, () -> http.get(query).response().body().contains(part)));
            }
            process.toHandle().destroy(); // Process.destroy() would also close its output
            assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).as("a second line").isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Returns the first line of the program; the JVM may print warnings before it. */
    private static String itsLine(BufferedReader out) {
        return out.lines()
                .filter(line -> line.startsWith("Diptych "))
                .findFirst()
                .orElse("");
    }

    @Test
    void a_running_request_is_finished_after_the_signal() throws Exception {
        Process process = Program.launch(Map.of(), "--port=0");
        String body = "{\"order_id\":\"o1\",\"customer_id\":\"c\","
                + "\"items\":[{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1}]}";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Matcher port = PORT.matcher(itsLine(out));
            assertThat(port.find()).isTrue();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
                socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
                String head =
                        "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\nExpect: 100-continue\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                assertThat(answer.readLine())
                        .as("the route is reading the body")
                        .contains("100");
                process.toHandle().destroy();
                awaitRefused(Integer.parseInt(port.group(1)));
                socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                assertThat(answer.readLine()).isEmpty();
                assertThat(answer.readLine()).contains("202");
            }
            assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** New connections are rejected once the shutdown has begun. */
    private static void awaitRefused(int port) {
        Waiting.until("new connections are refused", () -> {
            try (Socket another = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return !another.isConnected();
            } catch (ConnectException e) {
                return true;
            }
        });
    }

    @Test
    void invalid_options_are_reported_with_exit_code_2() {
        assertThat(Program.runHere(2, "--store=paper"))
                .contains("expected one of [memory, postgres]")
                .contains("paper");
        assertThat(Program.runHere(2, "--port=70000")).contains("The port must be from 0 to 65535, but is 70000");
        assertThat(Program.runHere(2, "--role=read"))
                .contains("The memory store serves a single node with all roles. For a node with the role read,"
                        + " use --store=postgres");
        assertThat(Program.runHere(2, "--nonsense")).contains("--nonsense");
        assertThat(Program.runHere(0, "--help")).contains("DIPTYCH_STORE").contains("--demo");
    }

    @Test
    @Tag("full")
    void the_lab_routes_exist_only_if_enabled() throws Exception {
        try (Program program = Program.start()) {
            assertThat(program.http().get("/lab/events").status()).isEqualTo(404);
            assertThat(program.http().get("/").status()).as("the page").isEqualTo(200);
        }
        try (Program program = Program.start("--lab")) {
            assertThat(program.http().get("/lab/events").status()).isEqualTo(200);
        }
    }

    @Test
    void a_port_in_use_is_reported_with_exit_code_1() throws Exception {
        try (Diptych other = Diptych.start(MemoryStore.open(), "127.0.0.1", 0)) {
            assertThat(Program.run(1, "--port=" + other.port()))
                    .contains("Diptych cannot start")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void tokens_are_never_printed() throws Exception {
        Map<String, String> environment =
                Map.of("DIPTYCH_WRITE_TOKEN", "w-" + SECRET, "DIPTYCH_READ_TOKEN", "r-" + SECRET);
        try (Program program = Program.start(environment, "--ops-token=o-" + SECRET)) {
            for (String token : List.of("w-" + SECRET, "r-" + SECRET, "o-" + SECRET, "x-" + SECRET)) {
                for (String path : List.of("/orders", "/projections", "/nowhere", "/orders?access_token=" + token)) {
                    var request = program.http().request(path).header("Authorization", "Bearer " + token);
                    assertThat(program.http().send(request.GET()).response().toString())
                            .isNotEmpty();
                }
            }
            var read = program.http().request("/orders").header("Authorization", "Bearer r-" + SECRET);
            assertThat(program.http().send(read.GET()).status())
                    .as("from the environment")
                    .isEqualTo(200);
            assertThat(program.http().post("/orders", "{}").status()).isEqualTo(401);
            assertThat(program.line() + program.stopAndRead()).doesNotContain(SECRET);
        }
        var help = new StringWriter();
        Main.line().setOut(new PrintWriter(help)).execute("--help", "--ops-token=" + SECRET);
        assertThat(help.toString()).contains("--ops-token").doesNotContain(SECRET);
    }
}

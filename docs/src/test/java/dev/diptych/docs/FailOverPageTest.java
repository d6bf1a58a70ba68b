package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.api.RunningApi;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Backup;
import dev.diptych.store.postgres.faults.PostgresServer;
import dev.diptych.store.postgres.faults.Standby;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements and URLs of {@code docs/howto/fail-over.md} do what the page says, on servers of which one fails. */
@Tag("full")
class FailOverPageTest {

    private static final Page PAGE = Page.read(Repo.ROOT.resolve("docs/howto/fail-over.md"));
    private static final String DATABASE = "postgres";
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private PostgresServer primary;

    @BeforeEach
    void start() {
        primary = PostgresServer.create(directory.resolve("a"));
        RunningApi.migrate(primary.url(DATABASE));
    }

    @AfterEach
    void stop() {
        primary.close();
    }

    @Test
    void a_fail_over_to_a_synchronous_standby_keeps_what_was_acknowledged() throws Exception {
        try (Standby standby = Backup.of(primary, directory.resolve("b")).standby()) {
            run(primary, "ALTER SYSTEM", "pg_reload_conf");
            Waiting.until(
                    "commits wait for the standby",
                    () -> run(primary, "pg_stat_replication", "sync_state").equals(List.of("quorum")));
            PostgresServer next = standby.server();
            String write = url("WRITE_JDBC_URL='jdbc:postgresql://db-a,db-b/shop", primary, next);
            String read = url("READ_JDBC_URL='jdbc:postgresql://db-b,db-a/shop", next, primary);
            try (RunningApi node = RunningApi.at(write, read);
                    Client client = Client.of(node)) {
                HttpResponse<String> kept = client.placeUntilAccepted("kept");
                failOver(standby, client);
                client.placeUntilAccepted("after");
                awaitRunning(client);
                assertThat(run(next, "FROM diptych.histories", "timeline")).containsExactly("1", "2");
                assertIsSeen(client, kept);
            }
        }
    }

    /** The standby has not confirmed the last command, which is therefore not acknowledged. */
    private void failOver(Standby standby, Client client) throws Exception {
        standby.cutReplication();
        CompletableFuture<HttpResponse<String>> lost = client.place("lost");
        Waiting.until(
                "the commit of the command waits for a standby",
                () -> !primary.query(
                                DATABASE,
                                "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                                        + " AND query LIKE '%diptych.append%'")
                        .isEmpty());
        primary.kill();
        assertThat(lost.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
        Waiting.until("the node is not ready", () -> client.get("/health/ready").statusCode() == 503);
        assertThat(run(standby.server(), "pg_last_wal_receive_lsn", "greatest")).hasSize(1);
        assertThat(run(standby.server(), "pg_promote", "pg_promote")).containsExactly("t");
    }

    private static void awaitRunning(Client client) {
        Waiting.until("the node is ready", () -> client.get("/health/ready").statusCode() == 200);
        Waiting.untilAsserted(
                "the projections run and have caught up",
                () -> assertThat(client.items("/projections"))
                        .isNotEmpty()
                        .allMatch(each -> each.path("state").asText().equals("running")
                                && each.path("lag").asLong() == 0));
    }

    /** As the page says what a client sees. */
    private static void assertIsSeen(Client client, HttpResponse<String> kept) throws Exception {
        assertThat(client.get("/orders/kept?after=" + token(kept)).statusCode()).isEqualTo(410);
        assertThat(client.placeUntilAccepted("kept").body()).isEqualTo(kept.body());
        HttpResponse<String> done = client.placeUntilAccepted("lost");
        assertThat(client.items("/orders?after=" + token(done), "Prefer", "wait=30"))
                .extracting(order -> order.path("order_id").asText())
                .containsExactlyInAnyOrder("kept", "after", "lost");
    }

    @Test
    void a_history_begins_by_hand_and_without_it_a_token_of_a_lost_write_is_met() throws Exception {
        String url = primary.url(DATABASE);
        HttpResponse<String> lost;
        try (RunningApi node = RunningApi.at(url, url);
                Client client = Client.of(node)) {
            client.placeUntilAccepted("kept");
            lost = client.placeUntilAccepted("lost");
        }
        awaitNobodyConnected();
        loseEventsAfter(1);
        try (RunningApi node = RunningApi.at(url, url);
                Client client = Client.of(node)) {
            client.placeUntilAccepted("other");
            assertThat(client.get("/orders/other?after=" + token(lost), "Prefer", "wait=30")
                            .statusCode())
                    .as("it has the position of the order that was lost")
                    .isEqualTo(200);
            assertThatThrownBy(() -> run(primary, "begin_history", "begin_history"))
                    .hasMessageContaining("requires that no other session is connected");
        }
        List<String> begun = new ArrayList<>();
        Waiting.untilAsserted(
                "no other session is connected",
                () -> assertThatCode(() -> begun.addAll(run(primary, "begin_history", "begin_history")))
                        .doesNotThrowAnyException());
        try (RunningApi node = RunningApi.at(url, url);
                Client client = Client.of(node)) {
            HttpResponse<String> refused = client.get("/orders/other?after=" + token(lost));
            assertThat(refused.statusCode()).isEqualTo(410);
            assertThat(client.get("/orders").headers().allValues("Store-History"))
                    .isEqualTo(begun);
        }
    }

    /** As a restore of older rows does that leaves the server, the database and its tables. */
    private void loseEventsAfter(long position) {
        primary.query(DATABASE, "SELECT table_name FROM diptych.read_models")
                .forEach(table -> primary.execute(DATABASE, "DELETE FROM diptych." + table));
        primary.execute(DATABASE, """
                DELETE FROM diptych.checkpoints;
                ALTER TABLE diptych.events DISABLE TRIGGER events_are_immutable;
                DELETE FROM diptych.events WHERE position > %1$d;
                DELETE FROM diptych.commands WHERE position > %1$d;
                ALTER TABLE diptych.events ENABLE ALWAYS TRIGGER events_are_immutable;
                SELECT setval('diptych.event_position', %1$d);
                """.formatted(position));
    }

    private void awaitNobodyConnected() {
        Waiting.until(
                "the node has closed its connections",
                () -> primary.query(DATABASE, "SELECT pid FROM pg_stat_activity WHERE application_name = 'pages'")
                        .isEmpty());
    }

    /** Runs the fence with this text, statement by statement, as psql does; returns a column of its rows. */
    private static List<String> run(PostgresServer server, String part, String column) throws SQLException {
        List<String> fences = PAGE.fences("sql").stream()
                .map(Page.Fence::text)
                .filter(text -> text.contains(part))
                .toList();
        assertThat(fences).as("statements with %s", part).hasSize(1);
        List<String> values = new ArrayList<>();
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : END_OF_STATEMENT.splitAsStream(fences.getFirst()).toList()) {
                if (statement.execute(sql)) {
                    ResultSet rows = statement.getResultSet();
                    while (rows.next()) {
                        values.add(rows.getString(column));
                    }
                }
            }
        }
        return values;
    }

    /** A URL of the page with these servers in place of its own. */
    private static String url(String shown, PostgresServer first, PostgresServer second) {
        Matcher url = Pattern.compile(Pattern.quote(shown) + "\\?([^']+)'").matcher(PAGE.text());
        assertThat(url.find()).as(shown).isTrue();
        return "jdbc:postgresql://127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port() + "/" + DATABASE
                + "?user=postgres&" + url.group(1);
    }

    private static String token(HttpResponse<String> answer) {
        return answer.headers().firstValue("Consistency-Token").orElseThrow();
    }

    /** A client of one node, to be closed before it: a server that ends waits for its clients. */
    private record Client(HttpClient http, int port) implements AutoCloseable {

        static Client of(RunningApi node) {
            return new Client(HttpClient.newHttpClient(), node.port());
        }

        CompletableFuture<HttpResponse<String>> place(String order) {
            String body = "{\"order_id\":\"" + order
                    + "\",\"customer_id\":\"c\",\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]}";
            return http.sendAsync(
                    request("/orders")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "place-" + order)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        HttpResponse<String> placeUntilAccepted(String order) {
            return Waiting.until(
                    "the command is accepted",
                    () -> place(order).get(60, TimeUnit.SECONDS),
                    answer -> answer.statusCode() == 202);
        }

        HttpResponse<String> get(String path, String... headers) throws Exception {
            HttpRequest.Builder request = request(path);
            return http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        }

        List<JsonNode> items(String path, String... headers) throws Exception {
            List<JsonNode> items = new ArrayList<>();
            JSON.readTree(get(path, headers).body()).path("items").forEach(items::add);
            return items;
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Waiting.PATIENCE);
        }

        @Override
        public void close() {
            http.close();
        }
    }
}

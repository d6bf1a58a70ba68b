package dev.diptych.api.operations;

import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.ReadyCheck;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Relay;
import java.sql.Connection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Nodes of each role report in time that PostgreSQL is unavailable, unresponsive or overloaded, and become ready again.
 */
class TroubledReadinessTest {

    /** The timeout of a connection from the pool; long enough that a slow machine does not reach it. */
    private static final Duration CONNECTING = Duration.ofSeconds(40);

    /** The documented limit is two seconds; more on a slow machine. */
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    private String database;

    @BeforeEach
    void create() {
        database = TestPostgres.freshDatabase();
    }

    private static Diptych start(Role role, Settings user) {
        Settings impatient = user.withTimeouts(CONNECTING, user.statementTimeout());
        return Diptych.start(
                PostgresStore.open("postgres", new PostgresStore.Access(Optional.empty(), Map.of(role, impatient))),
                "127.0.0.1",
                0);
    }

    /** A node for each role, with the privileges of that role only. */
    private Nodes nodes(UnaryOperator<Settings> way) {
        var nodes = new Nodes(new EnumMap<>(Role.class));
        for (Role role : Role.connections(EnumSet.allOf(Role.class))) {
            nodes.byRole().put(role, start(role, way.apply(TestPostgres.user(database, role))));
        }
        return nodes;
    }

    private record Nodes(Map<Role, Diptych> byRole) implements AutoCloseable {

        void awaitAllReady() {
            byRole.values().forEach(ReadyCheck::awaitReady);
            byRole.forEach((role, node) -> Waiting.untilAsserted(
                    "the store is up again",
                    () -> assertThat(inTime(node, "/metrics").response().body())
                            .contains("\ndiptych_store_up{role=\"" + role + "\"} 1.0\n")));
        }

        void awaitEachMissesItsStore() {
            byRole.entrySet().parallelStream()
                    .forEach(each -> Waiting.untilAsserted(
                            "the node with the role " + each.getKey() + " is not ready",
                            () -> missesItsStore(each.getKey(), each.getValue())));
        }

        private static void missesItsStore(Role role, Diptych node) {
            Http.Answer answer = inTime(node, "/health/ready");
            assertThat(inTime(node, "/metrics").response().body())
                    .contains("\ndiptych_store_up{role=\"" + role + "\"} 0.0\n")
                    .contains("\ndiptych_pool_connections_limit{role=\"" + role + "\"} ")
                    .containsPattern("\njvm_memory_used_bytes\\{");
            assertThat(failed(answer)).contains("store-" + role);
            assertThat(answer.json().get("detail").asText())
                    .contains("The store does not serve the role " + role + ": ");
        }

        private static Http.Answer inTime(Diptych node, String path) {
            long began = System.nanoTime();
            try (var http = new Http(node.port())) {
                Http.Answer answer = http.get(path);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).as(path).isLessThan(IN_TIME);
                return answer;
            }
        }

        @Override
        public void close() {
            byRole.values().forEach(Diptych::close);
        }
    }

    private static Settings through(Relay relay, Settings user) {
        String url = user.url().replaceFirst(":\\d+/", ":" + relay.port() + "/");
        return Settings.of(url, user.user(), user.password(), user.name());
    }

    private int port() {
        return Integer.parseInt(TestPostgres.owner(database).url().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    @Test
    void no_node_is_ready_while_the_server_is_unavailable() throws Exception {
        try (var relay = Relay.to(port());
                Nodes nodes = nodes(user -> through(relay, user))) {
            nodes.awaitAllReady();
            relay.cut();
            nodes.awaitEachMissesItsStore();
            relay.mend();
            nodes.awaitAllReady();
        }
    }

    @Test
    @Tag("full")
    void an_unresponsive_server_does_not_delay_the_response() throws Exception {
        try (Nodes nodes = nodes(user -> user)) {
            nodes.awaitAllReady();
            TestPostgres.whileSilent(() -> {
                nodes.awaitEachMissesItsStore();
                nodes.awaitEachMissesItsStore(); // the question of before is still open, and it is not waited for again
            });
            nodes.awaitAllReady();
        }
    }

    private Connection connect() throws Exception {
        var source = new PGSimpleDataSource();
        source.setURL(TestPostgres.owner(database).url());
        source.setUser(TestPostgres.owner(database).user());
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void an_exhausted_pool_is_reported_in_time() throws Exception {
        try (Connection other = connect();
                var senders = Executors.newVirtualThreadPerTaskExecutor();
                Diptych node = start(
                        Role.WRITE, TestPostgres.user(database, Role.WRITE).withSize(1));
                var http = new Http(node.port())) {
            awaitReady(node);
            execute(other, "SELECT pg_advisory_xact_lock(17483, hashtext('order-o'))"); // blocks appends to this stream
            var sent = senders.submit(
                    () -> http.post("/orders", "{\"order_id\":\"o\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}"));

            new Nodes(Map.of(Role.WRITE, node)).awaitEachMissesItsStore();
            other.rollback();
            assertThat(sent.get().status()).isEqualTo(202);
            awaitReady(node);
        }
    }

    @Test
    void an_open_append_is_shown_with_its_session_and_age() throws Exception {
        try (Connection other = connect();
                Nodes nodes = nodes(user -> user)) {
            nodes.awaitAllReady();
            execute(
                    other,
                    "SELECT diptych.append(true, 's', 'any', null, true, null, null,"
                            + " 'lit', 1, '{}', '{}', null, null, null, null)");
            int pid = other.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            for (Role role : new Role[] {Role.WRITE, Role.PROJECT}) {
                JsonNode open = ready(nodes.byRole().get(role)).json().path("oldest_append");
                assertThat(open.path("pid").asInt()).as(role.toString()).isEqualTo(pid);
                assertThat(open.path("age_seconds").asDouble(-1)).isGreaterThanOrEqualTo(0);
                Waiting.untilAsserted(
                        "its age is in the metrics",
                        () -> assertThat(Nodes.inTime(nodes.byRole().get(role), "/metrics")
                                        .response()
                                        .body())
                                .containsPattern("\ndiptych_oldest_append_age_seconds [0-9.]*[1-9]"));
            }
            other.rollback();
        }
    }

    @Test
    void a_reading_node_is_ready_once_its_views_have_caught_up_or_are_paused() {
        try (Diptych writer = start(Role.WRITE, TestPostgres.user(database, Role.WRITE));
                Diptych reader = start(Role.READ, TestPostgres.user(database, Role.READ))) {
            ReadinessTest.appendMany(writer.store());
            assertThat(failed(ready(reader))).containsExactly("caught-up");
            try (Diptych projector = start(Role.PROJECT, TestPostgres.user(database, Role.PROJECT))) {
                awaitReady(reader);
                NodeState.runners(projector).forEach(runner -> runner.pause());
                ReadinessTest.appendMany(writer.store());
            }
            try (Diptych another = start(Role.READ, TestPostgres.user(database, Role.READ))) {
                assertThat(ready(another).status())
                        .as("what was paused was meant to stay behind")
                        .isEqualTo(200);
            }
        }
    }
}

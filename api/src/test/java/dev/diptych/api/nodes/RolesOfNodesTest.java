package dev.diptych.api.nodes;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.http.server.Route;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node for each role on one PostgreSQL, with the credentials of that role alone. */
class RolesOfNodesTest {

    private static final String ORDER =
            "{\"customer_id\":\"c\",\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]}";

    private static final Map<Role, Diptych> NODES = new EnumMap<>(Role.class);
    private static final Map<Role, Http> CLIENTS = new EnumMap<>(Role.class);
    private static String database;

    @BeforeAll
    static void start() {
        database = TestPostgres.freshDatabase();
        for (Role role : Role.values()) {
            NODES.put(role, Diptych.start(PostgresStore.open("postgres", only(role)), "127.0.0.1", 0));
            CLIENTS.put(role, new Http(NODES.get(role).port()));
        }
    }

    private static PostgresStore.Access only(Role role) {
        Map<Role, Settings> users = new EnumMap<>(TestPostgres.users(database));
        users.keySet().retainAll(Role.connections(Set.of(role)));
        return new PostgresStore.Access(Optional.empty(), Set.of(role), users);
    }

    @AfterAll
    static void stop() {
        CLIENTS.values().forEach(Http::close);
        NODES.values().forEach(Diptych::close);
        NODES.clear();
    }

    private static Http http(Role role) {
        return CLIENTS.get(role);
    }

    @Test
    void a_write_on_one_node_is_read_on_another() {
        roundTrips();
    }

    private static void roundTrips() {
        for (int i = 0; i < 20; i++) {
            Http.Answer written = http(Role.WRITE).post("/orders", ORDER);
            assertThat(written.status()).as(written.response().body()).isEqualTo(202);
            Http.Answer seen = http(Role.READ).getOnceVisible(written.header("Location"));
            assertThat(seen.status()).as(seen.response().body()).isEqualTo(200);
            assertThat(seen.header("ETag")).isEqualTo(written.header("ETag"));
        }
    }

    @Test
    void each_node_connects_only_as_the_user_of_its_role() {
        roundTrips(); // so that each role has been used
        Waiting.untilAsserted(
                "each role has a user of its own",
                () -> assertThat(TestPostgres.query(
                                database,
                                "SELECT DISTINCT application_name || ' as ' || usename FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                                        + " AND backend_type = 'client backend'"))
                        .containsExactlyInAnyOrder(
                                "node-write as diptych_api_write",
                                "node-project as diptych_api_project",
                                "node-read as diptych_api_read"));
    }

    @Test
    void a_route_of_another_role_is_421_and_names_the_role() {
        assertThat(NodeState.routes(NODES.get(Role.WRITE)).stream().map(RolesOfNodesTest::needed))
                .contains(Optional.of(Role.WRITE), Optional.of(Role.READ), Optional.of(Role.PROJECT));
        NODES.forEach((has, node) -> NodeState.routes(node).forEach(route -> {
            Http.Answer answer = send(has, route);
            Role needed = needed(route).orElse(has);
            assertThat(answer.status() == 421)
                    .as("%s on a node with %s is 421", route, has)
                    .isEqualTo(needed != has);
            if (needed != has && !route.method().equals("HEAD")) {
                problem(answer, 421, "/problems/misdirected-request");
                assertThat(answer.json().path("role").asText()).isEqualTo(needed.toString());
                assertThat(answer.json().path("detail").asText()).contains("the role " + needed);
            }
        }));
    }

    /** The role that a node must have to serve a route; empty when every node serves it. */
    private static Optional<Role> needed(Route route) {
        return switch (route.side()) {
            case WRITE -> Optional.of(Role.WRITE);
            case READ -> Optional.of(Role.READ);
            case OPERATIONS -> {
                if (route.path().startsWith("/automations")) {
                    yield Optional.of(Role.AUTOMATE);
                }
                yield route.path().startsWith("/projections") ? Optional.of(Role.PROJECT) : Optional.empty();
            }
            case OPEN -> Optional.empty();
        };
    }

    private static Http.Answer send(Role on, Route route) {
        Http http = http(on);
        return http.send(
                http.request(route.path().replaceAll("[{}<>]", "")).method(route.method(), BodyPublishers.noBody()));
    }

    @Test
    void every_node_is_ready() {
        for (Role role : Role.values()) {
            assertThat(http(role).get("/health/ready").status())
                    .as(role.toString())
                    .isEqualTo(200);
        }
    }
}

package dev.diptych.api.http.access;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.description.Description;
import dev.diptych.api.description.Operation;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.http.server.Route;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.api.support.RawAnswer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each side of the API requires its own token. */
class AccessTest {

    private static final Map<Side, String> TOKENS = Map.of(
            Side.WRITE, "write-0123456789", Side.READ, "read-0123456789==", Side.OPERATIONS, "ops-.~+/-0123456789");

    /** The open routes: they contain no data, and describe the API. */
    private static final Set<String> OPEN = Set.of(
            "/",
            "/page/<file>",
            "/health/live",
            "/health/ready",
            "/problems",
            "/problems/{name}",
            "/openapi.yaml",
            "/openapi.json");

    private static Diptych diptych;
    private static Http http;

    @BeforeAll
    static void start() {
        diptych = Diptych.start(
                MemoryStore.open(), new Listening("127.0.0.1", 0, Listening.IDLE, Access.forAllClients(TOKENS)));
        http = new Http(diptych.port());
    }

    @AfterAll
    static void stop() {
        http.close();
        diptych.close();
    }

    private static Http.Answer send(Route route, String... headers) {
        return send(route.method(), route.path().replaceAll("[{}<>]", ""), headers);
    }

    private static Http.Answer send(String method, String path, String... headers) {
        return http.send(http.request(path, headers).method(method, BodyPublishers.noBody()));
    }

    private static String[] bearer(Side side) {
        return new String[] {"Authorization", "Bearer " + TOKENS.get(side)};
    }

    @Test
    void every_route_requires_a_token_or_is_listed_as_open() {
        assertThat(NodeState.routes(diptych).stream().map(Route::side)).containsAll(EnumSet.allOf(Side.class));
        for (Route route : NodeState.routes(diptych)) {
            int bare = send(route).status();
            if (route.side() == Side.OPEN) {
                assertThat(OPEN).as(route.toString()).contains(route.path());
                assertThat(bare).as(route.toString()).isNotIn(401, 403);
                continue;
            }
            assertThat(bare).as("%s without a token", route).isEqualTo(401);
            for (Side side : TOKENS.keySet()) {
                assertThat(send(route, bearer(side)).status() == 403)
                        .as("%s is forbidden with the token of %s", route, side)
                        .isEqualTo(side != route.side());
            }
            assertThat(send(route, bearer(route.side())).status())
                    .as(route.toString())
                    .isNotIn(401, 403);
        }
    }

    @Test
    void each_route_belongs_to_its_side() {
        assertThat(paths(Side.WRITE))
                .allMatch(route -> route.startsWith("POST ") || route.endsWith("/address"))
                .contains("POST /orders");
        assertThat(paths(Side.READ))
                .allMatch(route -> route.matches("(GET|HEAD) .*"))
                .contains("GET /orders");
        assertThat(paths(Side.OPERATIONS))
                .allMatch(route -> route.matches("\\w+ /(projections|automations|metrics|lab)\\b.*"));
    }

    @Test
    void the_description_names_the_token_of_each_route() {
        assertThat(tokensThatDiffer(Description.API)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/paths/~1metrics/get | [{}, {\"readToken\": []}] | GET /metrics",
                "/paths/~1orders/post | [] | POST /orders",
                "/paths/~1health~1ready/get | [{}, {\"opsToken\": []}] | GET /health/ready"
            })
    void a_wrong_token_in_the_description_is_detected(String operation, String security, String route) {
        assertThat(tokensThatDiffer(Description.API.with(operation + "/security", security)))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(route + " ");
    }

    private static List<String> tokensThatDiffer(Description description) {
        Map<Side, String> schemes =
                Map.of(Side.WRITE, "writeToken", Side.READ, "readToken", Side.OPERATIONS, "opsToken");
        List<String> differences = new ArrayList<>();
        for (Operation operation : description.operations()) {
            List<String> named = operation.place().get("security").elements().stream()
                    .flatMap(each -> each.names().stream())
                    .toList();
            NodeState.routes(diptych).stream()
                    .filter(route -> operation.route().equals(route.method() + " " + route.path()))
                    .filter(route -> !named.equals(Optional.ofNullable(schemes.get(route.side())).stream()
                            .toList()))
                    .forEach(route -> differences.add(operation.route() + " is for the side " + route.side()
                            + ", but its description names " + named));
        }
        return differences;
    }

    private static List<String> paths(Side side) {
        return NodeState.routes(diptych).stream()
                .filter(route -> route.side() == side)
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    @Test
    void a_missing_token_is_401_with_a_challenge() {
        Http.Answer answer = send("GET", "/orders");
        problem(answer, 401, "/problems/token-required");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"diptych\", scope=\"read\"");
        Http.Answer basic = send("GET", "/orders", "Authorization", "Basic dTpw");
        problem(basic, 401, "/problems/token-required");
        assertThat(basic.header("WWW-Authenticate")).doesNotContain("error");
    }

    @Test
    void an_unknown_token_is_401_and_one_of_another_side_403() {
        Http.Answer unknown = send("POST", "/orders", "Authorization", "Bearer " + TOKENS.get(Side.WRITE) + "0");
        problem(unknown, 401, "/problems/token-required");
        assertThat(unknown.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"diptych\", scope=\"write\", error=\"invalid_token\"");
        Http.Answer other = send("POST", "/orders", bearer(Side.READ));
        problem(other, 403, "/problems/token-of-another-side");
        assertThat(other.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"diptych\", scope=\"write\", error=\"insufficient_scope\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer a b", "bearer a,b", "BEARER \"read-0123456789==\"", "Bearer =", "Bearer a=b"})
    void malformed_credentials_are_400_and_not_repeated(String credentials) {
        Http.Answer answer = send("GET", "/orders", "Authorization", credentials);
        problem(answer, 400, "/problems/invalid-headers");
        assertThat(OverHttp.errors(answer, "field")).containsExactly("Authorization");
        assertThat(answer.header("WWW-Authenticate")).endsWith("error=\"invalid_request\"");
        assertThat(answer.response().body()).doesNotContain("0123456789").doesNotContain("a,b");
    }

    @Test
    void repeated_credentials_are_400() {
        String token = "Bearer " + TOKENS.get(Side.READ);
        problem(
                send("GET", "/orders", "Authorization", token, "Authorization", token),
                400,
                "/problems/invalid-headers");
    }

    @Test
    void the_authentication_scheme_is_case_insensitive() {
        assertThat(send("GET", "/orders", "Authorization", "bEARER  " + TOKENS.get(Side.READ))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = Side.class, names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    void an_unknown_path_requires_a_token_of_a_similar_route(Side side) {
        Set<Side> near = side == Side.OPERATIONS ? Set.of(side) : Set.of(Side.WRITE, Side.READ);
        String path = side == Side.OPERATIONS ? "/projections" : "/orders";
        for (String unanswered :
                List.of("DELETE " + path, "PUT " + path, "OPTIONS " + path, "GET " + path + "/a/b/c")) {
            String[] parts = unanswered.split(" ", 2);
            problem(send(parts[0], parts[1]), 401, "/problems/token-required");
            for (Side holder : TOKENS.keySet()) {
                assertThat(send(parts[0], parts[1], bearer(holder)).status())
                        .as("%s with the token of %s", unanswered, holder)
                        .isIn(near.contains(holder) ? List.of(204, 404, 405) : List.of(403));
            }
        }
        problem(send("GET", "/nothing"), 404, "/problems/not-found");
    }

    @Test
    void the_token_is_checked_before_the_body_is_read() throws Exception {
        RawAnswer answer = RawAnswer.to(diptych.port(), """
                POST /orders HTTP/1.1
                Host: localhost
                Content-Type: text/plain
                Accept: text/html
                Content-Length: 999999999
                Expect: 100-continue
                Connection: close

                """);
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    }

    @Test
    void a_command_without_a_token_has_no_effect() {
        String order = "{\"order_id\":\"unseen\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}";
        long head = diptych.store().events().head();
        for (Side side : List.of(Side.READ, Side.OPERATIONS)) {
            assertThat(http.post("/orders", order, bearer(side)).status()).isEqualTo(403);
        }
        assertThat(diptych.store().events().head()).isEqualTo(head);
    }

    @Test
    void two_sides_can_share_a_token_and_a_side_without_one_is_open() {
        Map<Side, String> shared = Map.of(Side.WRITE, "shared-0123456789", Side.OPERATIONS, "shared-0123456789");
        try (var some = Diptych.start(
                        MemoryStore.open(),
                        new Listening("127.0.0.1", 0, Listening.IDLE, Access.forAllClients(shared)));
                var client = new Http(some.port())) {
            assertThat(client.get("/orders").status()).isEqualTo(200);
            assertThat(client.post("/orders/o/ship", "{}").status()).isEqualTo(401);
            for (String path : List.of("/projections/order-list/pause", "/orders/o/ship")) {
                var request = client.request(path).header("Authorization", "Bearer shared-0123456789");
                assertThat(client.send(request.POST(BodyPublishers.noBody())).status())
                        .isIn(202, 404);
            }
            assertThat(client.send(client.request("/orders").DELETE()).status())
                    .as("one of the sides near it is open")
                    .isEqualTo(405);
        }
    }
}

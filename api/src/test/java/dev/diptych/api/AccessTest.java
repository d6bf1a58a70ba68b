package dev.diptych.api;

import static dev.diptych.api.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.description.Description;
import dev.diptych.api.description.Operation;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.http.server.Route;
import dev.diptych.api.launch.MemoryStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each side has a token of its own, without which nothing is done. */
class AccessTest {

    private static final Map<Side, String> TOKENS = Map.of(
            Side.WRITE, "write-0123456789", Side.READ, "read-0123456789==", Side.OPERATIONS, "ops-.~+/-0123456789");

    /** What everybody may ask: nothing that is written or read, and what a client needs to understand the rest. */
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
                MemoryStore.open(), new Listening("127.0.0.1", 0, Listening.IDLE, Access.forEverybody(TOKENS)));
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
        var request = http.request(path).method(method, BodyPublishers.noBody());
        return http.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String[] bearer(Side side) {
        return new String[] {"Authorization", "Bearer " + TOKENS.get(side)};
    }

    @Test
    void every_route_is_guarded_by_its_side_or_on_the_short_list_of_those_that_are_open() {
        assertThat(diptych.routes().stream().map(Route::side)).containsAll(EnumSet.allOf(Side.class));
        for (Route route : diptych.routes()) {
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
    void the_routes_of_each_side_are_those_that_are_said_to_be() {
        assertThat(paths(Side.WRITE))
                .allMatch(route -> route.startsWith("POST "))
                .contains("POST /orders");
        assertThat(paths(Side.READ))
                .allMatch(route -> route.matches("(GET|HEAD) .*"))
                .contains("GET /orders");
        assertThat(paths(Side.OPERATIONS)).allMatch(route -> route.matches("\\w+ /(projections|metrics|lab)\\b.*"));
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
    void a_description_that_names_another_token_is_found(String operation, String security, String route) {
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
            diptych.routes().stream()
                    .filter(route -> operation.route().equals(route.method() + " " + route.path()))
                    .filter(route -> !named.equals(Optional.ofNullable(schemes.get(route.side())).stream()
                            .toList()))
                    .forEach(route -> differences.add(operation.route() + " is for the side " + route.side()
                            + ", but its description names " + named));
        }
        return differences;
    }

    private static List<String> paths(Side side) {
        return diptych.routes().stream()
                .filter(route -> route.side() == side)
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    @Test
    void without_a_token_it_is_401_with_a_challenge() {
        Http.Answer answer = send("GET", "/orders");
        problem(answer, 401, "/problems/token-required");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"diptych\", scope=\"read\"");
        Http.Answer basic = send("GET", "/orders", "Authorization", "Basic dTpw");
        problem(basic, 401, "/problems/token-required");
        assertThat(basic.header("WWW-Authenticate")).doesNotContain("error");
    }

    @Test
    void a_token_that_is_not_known_is_401_and_one_of_another_side_403() {
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
    void credentials_that_are_malformed_are_400_and_not_repeated(String credentials) {
        Http.Answer answer = send("GET", "/orders", "Authorization", credentials);
        problem(answer, 400, "/problems/invalid-headers");
        assertThat(OverHttp.errors(answer, "field")).containsExactly("Authorization");
        assertThat(answer.header("WWW-Authenticate")).endsWith("error=\"invalid_request\"");
        assertThat(answer.response().body()).doesNotContain("0123456789").doesNotContain("a,b");
    }

    @Test
    void credentials_that_are_there_twice_are_400() {
        String token = "Bearer " + TOKENS.get(Side.READ);
        problem(
                send("GET", "/orders", "Authorization", token, "Authorization", token),
                400,
                "/problems/invalid-headers");
    }

    @Test
    void the_name_of_the_scheme_is_the_same_in_any_case() {
        assertThat(send("GET", "/orders", "Authorization", "bEARER  " + TOKENS.get(Side.READ))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = Side.class, names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    void what_no_route_answers_is_told_to_those_with_a_token_for_a_route_near_it(Side side) {
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
    void it_is_refused_before_the_body_is_read_and_before_anything_else_is_looked_at() throws Exception {
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
    void a_refused_command_is_not_done() {
        String order = "{\"order_id\":\"unseen\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}";
        long head = diptych.store().events().head();
        for (Side side : List.of(Side.READ, Side.OPERATIONS)) {
            var request = http.request("/orders").headers(bearer(side)).header("Content-Type", "application/json");
            assertThat(http.send(request.POST(BodyPublishers.ofString(order))).status())
                    .isEqualTo(403);
        }
        assertThat(diptych.store().events().head()).isEqualTo(head);
    }

    @Test
    void two_sides_may_share_a_token_and_one_without_is_open() {
        Map<Side, String> shared = Map.of(Side.WRITE, "shared-0123456789", Side.OPERATIONS, "shared-0123456789");
        try (var some = Diptych.start(
                        MemoryStore.open(),
                        new Listening("127.0.0.1", 0, Listening.IDLE, Access.forEverybody(shared)));
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

    @Test
    void the_answers_to_a_route_say_the_same_to_head_and_get() {
        List<Route> reads = diptych.routes().stream()
                .filter(route -> route.side() == Side.READ)
                .toList();
        assertThat(reads.stream().map(Route::method).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("GET", "HEAD");
        for (Route route : reads) {
            assertThat(send(route).header("WWW-Authenticate"))
                    .as(route.toString())
                    .isNotEmpty();
        }
    }
}

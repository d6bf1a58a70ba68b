package dev.diptych.api.lab;

import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.Sse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lab requires the token of operations, and the role whose parts a route uses. */
class LabAccessTest {

    private static final Map<Side, String> TOKENS =
            Map.of(Side.WRITE, "write-0123456789", Side.READ, "read-0123456789==", Side.OPERATIONS, "ops-0123456789==");

    private static final List<String> COMMANDS = List.of(
            "/lab/appends/hold", "/lab/appends/release", "/lab/projections/order-list/crash", "/lab/start-over");

    @Test
    void it_requires_the_token_of_operations() {
        var listening = new Listening("127.0.0.1", 0, Listening.IDLE, Access.forAllClients(TOKENS));
        try (var node = Diptych.start(MemoryStore.open(), listening, true);
                var http = new Http(node.port())) {
            String[] read = {"Authorization", "Bearer " + TOKENS.get(Side.READ)};
            String[] operations = {"Authorization", "Bearer " + TOKENS.get(Side.OPERATIONS)};
            problem(http.get("/lab/feed"), 401, "/problems/token-required");
            problem(http.get("/lab/feed", read), 403, "/problems/token-of-another-side");
            try (Sse feed = Sse.open(http, "/lab/feed", operations)) {
                feed.await("the state", event -> event.name().equals("state"));
            }
            for (String path : COMMANDS) {
                String body = "{\"seconds\":1}";
                problem(http.post(path, body), 401, "/problems/token-required");
                problem(http.post(path, body, read), 403, "/problems/token-of-another-side");
                assertThat(http.post(path, body, operations).status()).isIn(202, 422);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"WRITE", "PROJECT"})
    void a_route_of_another_role_is_421(Role role) {
        try (var node = Diptych.start(with(role), Listening.here(), true);
                var http = new Http(node.port())) {
            for (String path : COMMANDS) {
                Role needed = path.startsWith("/lab/appends/") ? Role.WRITE : Role.PROJECT;
                Http.Answer answer = http.post(path, path.endsWith("/hold") ? "{\"seconds\":1}" : "");
                if (needed == role) {
                    assertThat(answer.status()).as(path).isEqualTo(202);
                } else {
                    problem(answer, 421, "/problems/misdirected-request");
                }
            }
            if (role != Role.PROJECT) {
                problem(http.get("/lab/feed"), 421, "/problems/misdirected-request");
            }
        }
    }

    private static Store with(Role role) {
        Store store = MemoryStore.open();
        return new Store(
                store.name(),
                Set.of(role),
                store.events(),
                store.addresses(),
                store.project(),
                store.read(),
                store.leases(),
                store.oldestAppend(),
                store.openAppend(),
                store.pools(),
                store.onClose());
    }
}

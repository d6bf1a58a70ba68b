package dev.diptych.api.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of sessions that {@code docs/howto/run-on-postgres.md} tells an operator to allow. */
class SessionsOfNodesTest {

    private static final Path PAGE = Path.of("..", "docs", "howto", "run-on-postgres.md");

    static Stream<Set<Role>> a_node_opens_as_many_sessions_as_the_page_says() {
        return Stream.concat(
                Stream.of(EnumSet.allOf(Role.class)),
                Arrays.stream(Role.values()).map(EnumSet::of));
    }

    @ParameterizedTest
    @MethodSource
    void a_node_opens_as_many_sessions_as_the_page_says(Set<Role> roles) throws Exception {
        int sessions = Role.connections(roles).size() * Settings.DEFAULT_SIZE
                + (roles.contains(Role.WRITE) ? 1 : 0)
                + (roles.contains(Role.PROJECT) ? 1 : 0);
        String database = TestPostgres.freshDatabase();
        String open = "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'";
        try (Diptych node = Diptych.start(PostgresStore.open("postgres", access(roles, database)), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            if (roles.contains(Role.WRITE)) {
                List<Integer> statuses = IntStream.range(0, 50)
                        .parallel()
                        .mapToObj(i -> client.place("o-" + i).status())
                        .toList();
                assertThat(statuses).containsOnly(202);
            }
            Waiting.until(
                    sessions + " sessions are open",
                    () -> TestPostgres.query("postgres", open).contains(String.valueOf(sessions)));
        }
        assertThat(Files.readString(PAGE)).contains(row(roles, sessions));
    }

    private static PostgresStore.Access access(Set<Role> roles, String database) {
        Map<Role, Settings> users = TestPostgres.all(TestPostgres.owner(database));
        return new PostgresStore.Access(Optional.empty(), roles, users);
    }

    private static String row(Set<Role> roles, int sessions) {
        return "| %s | %d | %d of %d%s%s |"
                .formatted(
                        roles.size() == 1 ? "`" + roles.iterator().next() + "`" : "all",
                        sessions,
                        Role.connections(roles).size(),
                        Settings.DEFAULT_SIZE,
                        roles.contains(Role.WRITE) ? ", and 1 for `NOTIFY`" : "",
                        roles.contains(Role.PROJECT) ? ", and 1 for `LISTEN`" : "");
    }
}

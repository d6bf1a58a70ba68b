package dev.diptych.api.operations;

import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that cannot write are not kept: a node works again once new sessions can. */
class ReadOnlySessionsTest {

    private String database;

    @BeforeEach
    void create() {
        database = TestPostgres.freshDatabase();
        for (Role role : new Role[] {Role.WRITE, Role.PROJECT}) {
            TestPostgres.user(database, role);
            defaultReadOnly(role, "SET default_transaction_read_only = on");
        }
    }

    private void defaultReadOnly(Role role, String change) {
        TestPostgres.execute("ALTER ROLE diptych_api_" + role + " IN DATABASE " + database + " " + change, database);
    }

    private void allowWrites() {
        defaultReadOnly(Role.WRITE, "RESET default_transaction_read_only");
        defaultReadOnly(Role.PROJECT, "RESET default_transaction_read_only");
    }

    private Diptych start() {
        return Diptych.start(
                PostgresStore.open(
                        "postgres", new PostgresStore.Access(Optional.empty(), TestPostgres.users(database))),
                "127.0.0.1",
                0);
    }

    @Test
    void a_node_is_ready_only_while_it_can_write() {
        try (Diptych node = start();
                OrderClient client = OrderClient.of(node)) {
            Waiting.untilAsserted(
                    "the node is not ready",
                    () -> assertThat(failed(ready(node))).contains("store-write", "store-project"));
            assertThat(client.place("refused").status()).isEqualTo(503);

            allowWrites();
            client.find(client.placeUntilAccepted("accepted"));
            awaitReady(node);
        }
    }

    @Test
    void commands_are_accepted_again_after_a_read_only_period() {
        allowWrites();
        try (Diptych node = start();
                OrderClient client = OrderClient.of(node)) {
            awaitReady(node);
            defaultReadOnly(Role.WRITE, "SET default_transaction_read_only = on");
            endSessions();
            Waiting.until(
                    "a command is refused",
                    () -> client.place("o", "Idempotency-Key", "o").status() == 503);
            allowWrites();
            client.placeUntilAccepted("o-2");
            awaitReady(node);
        }
    }

    private void endSessions() {
        TestPostgres.query(
                database,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND usename LIKE 'diptych_api_%'");
    }
}

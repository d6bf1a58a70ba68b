package dev.diptych.api.operations;

import static dev.diptych.api.support.OrderClient.token;
import static dev.diptych.api.support.ReadyCheck.awaitReady;
import static dev.diptych.api.support.ReadyCheck.failed;
import static dev.diptych.api.support.ReadyCheck.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The sequence of positions is behind the events, as after a restore that brought back the rows and not the sequence.
 * No event may get a position below that of an older one: readers are past it.
 */
class SequenceBehindTest {

    private String database;

    @BeforeEach
    void create() {
        database = TestPostgres.freshDatabase();
    }

    private Diptych writer() {
        return Diptych.start(
                PostgresStore.open(
                        "postgres",
                        new PostgresStore.Access(
                                Optional.empty(), Map.of(Role.WRITE, TestPostgres.user(database, Role.WRITE)))),
                "127.0.0.1",
                0);
    }

    private static void placeMany(OrderClient client) {
        for (int i = 0; i < 35; i++) {
            token(client.place("o-" + i));
        }
    }

    private void resetSequence() {
        TestPostgres.query(database, "SELECT setval('diptych.event_position', 1, false)");
    }

    private void repairSequence() {
        TestPostgres.query(
                database, "SELECT setval('diptych.event_position', (SELECT max(position) FROM diptych.events))");
    }

    private static void awaitNotReady(Diptych node) {
        Waiting.untilAsserted("the node is not ready, and says why", () -> {
            Http.Answer answer = ready(node);
            assertThat(failed(answer)).contains("store-write");
            assertThat(answer.json().path("detail").asText()).contains("diptych.event_position");
        });
    }

    /** Each attempt draws a number, so that one of many would get past the events that are there. */
    private void nothingIsAccepted(OrderClient client) {
        for (int i = 0; i < 10; i++) {
            Http.Answer answer = client.place("refused-" + i, "Idempotency-Key", "refused-" + i);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
        }
        assertThat(TestPostgres.query(database, "SELECT count(*) FROM diptych.events"))
                .containsExactly("35");
        assertThat(TestPostgres.query(
                        database, "SELECT command_id FROM diptych.commands WHERE command_id LIKE 'refused-%'"))
                .isEqualTo(List.of());
    }

    @Test
    void a_node_that_starts_while_the_sequence_is_behind_accepts_no_commands() {
        try (Diptych before = writer();
                OrderClient client = OrderClient.of(before)) {
            placeMany(client);
        }
        resetSequence();
        try (Diptych node = writer();
                OrderClient client = OrderClient.of(node)) {
            awaitNotReady(node);
            nothingIsAccepted(client);
            repairSequence();
            awaitReady(node);
            client.placeUntilAccepted("after-the-repair");
        }
    }

    @Test
    void a_running_node_stores_nothing_once_the_sequence_is_behind() {
        try (Diptych node = writer();
                OrderClient client = OrderClient.of(node)) {
            placeMany(client);
            awaitReady(node);
            resetSequence();
            nothingIsAccepted(client);
            awaitNotReady(node);
        }
    }
}

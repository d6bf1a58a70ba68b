package dev.diptych.api.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Program;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of three processes, the one that cancels unpaid orders is killed in the middle of them, repeatedly. */
@Tag("full")
class KilledAutomationTest {

    private static final int ROUNDS = 5;
    private static final int ORDERS_PER_ROUND = 150;

    private static final String CANCELLED = "SELECT stream_name FROM diptych.events WHERE type = 'order-cancelled'";
    private static final String OPEN = "SELECT item_key FROM diptych.unpaid_orders";

    private final String database = TestPostgres.createDatabase();
    private final List<Program> nodes = new ArrayList<>();

    @AfterEach
    void stopNodes() {
        nodes.forEach(Program::close);
    }

    @Test
    void no_item_is_lost_and_none_is_done_twice() throws Exception {
        for (int i = 0; i < 3; i++) {
            nodes.add(start());
        }
        place(nodes.getFirst(), ROUNDS); // before the first event, no list has been projected
        for (int round = 0; round < ROUNDS; round++) {
            int sending = awaitSender();
            int before = list(CANCELLED).size();
            place(nodes.get((sending + 1) % nodes.size()), round);
            Waiting.until("it cancels orders", () -> list(CANCELLED).size() > before);
            nodes.get(sending).kill();
            nodes.get(sending).close();
            nodes.set(sending, start());
        }
        Waiting.untilAsserted(
                "all orders are cancelled, each once",
                () -> assertThat(list(CANCELLED))
                        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, ROUNDS)
                                .boxed()
                                .flatMap(round -> ids(round).stream())
                                .map(id -> "order-" + id)
                                .toList()));
        Waiting.until("the list is empty", () -> list(OPEN).isEmpty());
        assertThat(list("SELECT stream_name FROM diptych.events WHERE stream_name LIKE 'automation-%'"))
                .as("nothing was parked, as a command would be that is sent again")
                .isEmpty();
    }

    private static List<String> ids(int round) {
        return IntStream.range(0, ORDERS_PER_ROUND)
                .mapToObj(i -> "r" + round + "-" + i)
                .toList();
    }

    private static void place(Program node, int round) {
        var client = new OrderClient(node.http());
        ids(round).forEach(client::placeUntilAccepted);
    }

    private Program start() throws IOException {
        Settings owner = TestPostgres.owner(database);
        return Program.start(
                "--store=postgres",
                "--jdbc-url=" + owner.url(),
                "--jdbc-user=" + owner.user(),
                "--cancel-unpaid-after=1s");
    }

    private int awaitSender() {
        return Waiting.until(
                "a node holds the lease",
                () -> IntStream.range(0, nodes.size())
                        .filter(i -> state(nodes.get(i)).equals("running"))
                        .findFirst()
                        .orElse(-1),
                found -> found >= 0);
    }

    private static String state(Program node) {
        JsonNode automations = node.http().get("/automations").json().path("items");
        return automations.path(0).path("state").asText();
    }

    private List<String> list(String sql) {
        return TestPostgres.query(database, sql);
    }
}

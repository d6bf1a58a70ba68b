package dev.diptych.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Store;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request costs the database, in transactions and round trips, of all roles and all projections. */
class CommandCostTest extends OnStore {

    private static final String BEHIND = "SELECT count(*) FROM diptych.leases l LEFT JOIN diptych.checkpoints c"
            + " USING (projection) WHERE c.position IS DISTINCT FROM diptych.head()";

    private final String database = TestPostgres.freshDatabase();
    private final Relay relay = Relay.to(TestPostgres.owner(database).url());

    @Override
    protected Store open() {
        Settings direct = TestPostgres.owner(database);
        Settings relayed = Settings.of(relay.url(direct.url()), direct.user(), direct.password(), "relayed");
        return PostgresStore.open("postgres", PostgresStore.Access.all(direct, relayed, relayed, relayed));
    }

    private record Cost(int transactions, int roundTrips) {}

    private Cost now() {
        return new Cost(relay.transactions(), relay.roundTrips());
    }

    /** The least of many requests, one after the other: the others include work of the background, such as leases. */
    private Cost leastOf(IntConsumer request) {
        List<Cost> costs = IntStream.range(0, 60)
                .mapToObj(i -> {
                    Cost before = now();
                    request.accept(i);
                    Cost after = now();
                    return new Cost(
                            after.transactions() - before.transactions(), after.roundTrips() - before.roundTrips());
                })
                .toList();
        return new Cost(
                costs.stream().mapToInt(Cost::transactions).min().orElseThrow(),
                costs.stream().mapToInt(Cost::roundTrips).min().orElseThrow());
    }

    private void awaitProjections() {
        Waiting.until(
                "all projections are up to date",
                () -> TestPostgres.query(database, BEHIND).equals(List.of("0")));
    }

    @Test
    void a_command_with_all_views_up_to_date_costs_few_transactions_and_round_trips() {
        Cost cost = leastOf(i -> {
            assertThat(place("one-" + i).status()).isEqualTo(202);
            awaitProjections();
        });
        assertThat(cost.transactions()).isLessThanOrEqualTo(3 + projections().size());
        assertThat(cost.roundTrips()).isLessThanOrEqualTo(3 + 4 * projections().size());
    }

    @Test
    void a_query_costs_one_round_trip() {
        place("asked");
        awaitProjections();
        assertThat(leastOf(i -> assertThat(get("/orders/asked").status()).isEqualTo(200)))
                .isEqualTo(new Cost(1, 1));
    }

    /** Projections are paused meanwhile: how many batches they apply beside commands depends on the machine. */
    @Test
    void concurrent_commands_share_transactions_and_a_backlog_is_applied_in_one_batch() throws Exception {
        all("pause");
        Cost before = now();
        placeConcurrently(64, 20);
        int commands = now().transactions() - before.transactions();
        assertThat(commands / (64.0 * 20)).as("transactions of a command").isLessThanOrEqualTo(0.75);

        all("resume");
        awaitProjections();
        int all = now().transactions() - before.transactions();
        assertThat((all - commands) / (64.0 * 20))
                .as("transactions of all projections for a command")
                .isLessThanOrEqualTo(0.1);
    }

    @AfterEach
    void resume() {
        all("resume");
    }

    private Set<String> projections() {
        return diptych.store().project().progress().get().keySet();
    }

    private void all(String change) {
        projections().forEach(name -> {
            var paused = post("/projections/" + name + "/" + change, "");
            assertThat(paused.status()).isEqualTo(202);
        });
    }

    private void placeConcurrently(int clients, int commands) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            String prefix = "many-" + client + "-";
            tasks.add(() -> {
                for (int i = 0; i < commands; i++) {
                    assertThat(place(prefix + i).status()).isEqualTo(202);
                }
                return null;
            });
        }
        try (var pool = Executors.newFixedThreadPool(clients)) {
            for (Future<Void> task : pool.invokeAll(tasks)) {
                task.get();
            }
        }
    }
}

package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Program;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The command that rebuilds a view from a shell. */
class RebuildCommandTest {

    private static String rebuild(int exit, String database, String projection) {
        Settings owner = TestPostgres.owner(database);
        return Program.runHere(
                exit,
                "rebuild",
                projection,
                "--store=postgres",
                "--jdbc-url=" + owner.url(),
                "--jdbc-user=" + owner.user());
    }

    @Test
    void it_ends_when_the_copy_serves_with_or_without_a_node() {
        String database = TestPostgres.freshDatabase();
        try (Diptych node = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            client.place("o");
            Waiting.until("the view has it", () -> client.listed().contains("o"));
            assertThat(rebuild(0, database, "order-list")).contains("order-list: the copy has taken over");
            assertThat(client.listed()).contains("o");
        }
        assertThat(rebuild(0, database, "order-list")).contains("order-list: the copy has taken over");
        assertThat(TestPostgres.query(
                        database, "SELECT generation FROM diptych.checkpoints WHERE projection = 'order-list'"))
                .isEqualTo(List.of("3"));
    }

    @Test
    void it_says_so_when_another_rebuild_replaces_its_copy() {
        String database = TestPostgres.freshDatabase();
        try (Diptych node = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            client.place("o");
            Waiting.until("the view has it", () -> client.listed().contains("o"));
            assertThat(client.post("/projections/order-list/pause", "").status())
                    .isEqualTo(202); // so that the copy is not built
            var rebuild = CompletableFuture.supplyAsync(() -> rebuild(1, database, "order-list"));
            Waiting.until(
                    "the copy is there",
                    () -> TestPostgres.query(database, "SELECT generation FROM diptych.copies")
                            .equals(List.of("2")));
            TestPostgres.execute("UPDATE diptych.copies SET generation = 3, fold_version = 2", database);
            assertThat(rebuild.join()).contains("order-list: another rebuild has replaced the copy");
        }
    }

    @Test
    void an_unknown_projection_and_the_memory_store_are_refused() {
        assertThat(rebuild(2, TestPostgres.freshDatabase(), "orders"))
                .contains("There is no projection orders, but [", "order-list");
        assertThat(Program.runHere(2, "rebuild", "order-list", "--store=memory"))
                .contains("Use --store=postgres");
    }
}

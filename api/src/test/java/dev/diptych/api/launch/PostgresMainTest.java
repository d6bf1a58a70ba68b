package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.Store;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Program;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on PostgreSQL, as a separate process. */
class PostgresMainTest {

    @Test
    @Tag("full")
    void the_embedded_server_keeps_its_data_across_stops_and_kills(@TempDir Path data) throws Exception {
        String[] options = {"--store=postgres", "--postgres-data=" + data};
        List<String> orders = new ArrayList<>();
        try (Program program = Program.start("--store=postgres", "--postgres-data=" + data, "--demo")) {
            assertThat(program.line())
                    .contains("store: postgres (embedded, data in " + data.toAbsolutePath() + ")")
                    .contains("330 orders and 10 subscriptions");
            String token = place(program, "stopped").header("Consistency-Token");
            awaitOrder(program, "stopped");
            orders.addAll(orders(program, "&after=" + token));
            program.stop();
        }
        try (Program program = Program.start(options)) {
            assertThat(orders(program, "")).isEqualTo(orders).hasSize(200);
            assertThat(Program.run(1, options))
                    .contains("Diptych cannot start")
                    .contains("another process is using it");
            place(program, "killed");
            program.kill();
        }
        try (Program program = Program.start(options)) {
            awaitOrder(program, "killed");
            Waiting.until(
                    "what was there long before",
                    () -> program.http().get("/subscriptions/sub-145").status() == 200);
            program.stop();
        }
    }

    @Test
    void a_given_server_is_used_with_a_user_for_each_role() throws Exception {
        String url = TestPostgres.owner(TestPostgres.createDatabase()).url();
        Settings owner = TestPostgres.owner("postgres");
        Http.Answer kept;
        try (var pool = new PostgresPool(Settings.of(url, owner.user(), "", "test"))) {
            try (Program first =
                    Program.start("--store=postgres", "--jdbc-url=" + url, "--jdbc-user=" + owner.user())) {
                assertThat(first.line()).contains("store: postgres. Try");
                kept = withKey(first);
                first.stop();
            }
            var database = Database.ofReader(pool.pooled());
            List<String> options = new ArrayList<>(List.of("--store=postgres", "--migrate=false"));
            for (String role : List.of("write:writer", "project:projector", "read:reader")) {
                String option = role.split(":", 2)[0];
                String user = "diptych_main_" + option;
                execute(
                        database,
                        "DO $$ BEGIN CREATE ROLE " + user + " LOGIN PASSWORD 'secret' IN ROLE diptych_"
                                + role.split(":", 2)[1] + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
                options.addAll(List.of(
                        "--" + option + "-jdbc-url=" + url,
                        "--" + option + "-jdbc-user=" + user,
                        "--" + option + "-jdbc-password=secret"));
            }
            try (Program program = Program.start(options.toArray(String[]::new))) {
                Http.Answer repeated = withKey(program);
                assertThat(repeated.json()).as("a key outlives a restart").isEqualTo(kept.json());
                for (String header : List.of("ETag", "Consistency-Token", "Location")) {
                    assertThat(repeated.header(header)).isNotEmpty().isEqualTo(kept.header(header));
                }
                place(program, "by-roles");
                awaitOrder(program, "by-roles");
                assertThat(database.list(
                                "SELECT DISTINCT application_name || ' ' || usename FROM pg_stat_activity"
                                        + " WHERE usename LIKE 'diptych_main_%'",
                                statement -> {}, row -> row.getString(1)))
                        .containsExactlyInAnyOrder(
                                "diptych-write diptych_main_write",
                                "diptych-project diptych_main_project",
                                "diptych-read diptych_main_read");
                program.stop();
            }
        }
    }

    @Test
    void an_outdated_schema_is_reported_with_exit_code_1() {
        Settings empty = TestPostgres.owner(TestPostgres.createDatabase());
        assertThat(Program.runHere(
                        1,
                        "--store=postgres",
                        "--migrate=false",
                        "--jdbc-url=" + empty.url(),
                        "--jdbc-user=" + empty.user()))
                .contains("Diptych cannot start: The database's schema is older than this program: events is at"
                        + " version 0")
                .doesNotContain("\tat ");
    }

    @Test
    void an_invalid_url_is_reported_with_exit_code_2() {
        assertThat(Program.runHere(2, "--store=postgres", "--jdbc-url=localhost"))
                .contains("The option --jdbc-url must begin with jdbc:postgresql://");
        assertThat(Program.runHere(2, "--store=postgres", "--migrate=false", "--read-jdbc-url=jdbc:postgresql://h/d"))
                .contains("The option --write-jdbc-url must begin with jdbc:postgresql://, but is missing");
    }

    @Test
    void nodes_that_start_concurrently_migrate_once() throws Exception {
        String database = TestPostgres.createDatabase();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<Store>> starting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starting.add(nodes.submit(() -> TestPostgres.open(database)));
            }
            for (Future<Store> each : starting) {
                each.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    private static Http.Answer place(Program program, String id) {
        String order = "{\"order_id\":\"" + id + "\",\"customer_id\":\"c\","
                + "\"items\":[{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1}]}";
        Http.Answer answer = program.http().post("/orders", order);
        assertThat(answer.status()).isEqualTo(202);
        return answer;
    }

    /** Leaves the id to the server, which only a remembered key makes the same again. */
    private static Http.Answer withKey(Program program) {
        return new OrderClient(program.http())
                .post("/orders", "{\"customer_id\":\"c\"," + OnStore.ITEMS + "}", "Idempotency-Key", "kept");
    }

    private static void awaitOrder(Program program, String id) {
        Waiting.until("order " + id, () -> program.http().get("/orders/" + id).status() == 200);
    }

    private static List<String> orders(Program program, String after) {
        List<String> ids = new ArrayList<>();
        for (JsonNode row : program.http()
                .getOnceVisible("/orders?limit=200" + after)
                .json()
                .get("items")) {
            ids.add(row.toString());
        }
        return ids;
    }

    private static void execute(Database database, String sql) {
        database.run(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}

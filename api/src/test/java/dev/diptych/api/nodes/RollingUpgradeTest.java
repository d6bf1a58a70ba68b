package dev.diptych.api.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Program;
import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes of two versions on one database, under load. The next version has expanded the schema: a function with another
 * parameter beside the old one, a column and an index. The version after it has contracted it: the old function is
 * gone.
 */
@Tag("full")
class RollingUpgradeTest {

    private static final int VERSION = PostgresSchema.EVENTS.version();
    private static final String EVENTS = "migration/events/";
    private static final String APPEND = EVENTS + "R__02_append.sql";
    private static final String OLD_PARAMETERS =
            "boolean, text, text, bigint, boolean, text, text, text, integer, text,"
                    + " text, text[], integer[], text[], text[]";

    private final String database = TestPostgres.createDatabase();

    @Test
    void nodes_are_upgraded_one_after_the_other_and_no_request_fails(@TempDir Path directory) throws Exception {
        LaterVersion expanded = expanded(directory.resolve("expanded"));
        LaterVersion contracted = contracted(directory.resolve("contracted"));
        try (var nodes = new RolledNodes(List.of(old(), old(), old()))) {
            nodes.awaitOrders();

            nodes.replace(0, start(expanded)); // migrates while all three old nodes serve
            nodes.awaitOrders();
            assertThat(query("SELECT indisvalid FROM pg_index WHERE indexrelid ="
                            + " 'diptych.order_list_by_total'::regclass"))
                    .containsExactly("t");

            List<String> schema = schema();
            nodes.replace(1, old()); // restarts, with the right to migrate
            assertThat(schema()).isEqualTo(schema).contains("events " + (VERSION + 1), "orders 2");
            nodes.awaitOrders();

            nodes.replace(1, start(expanded));
            nodes.replace(2, start(expanded));
            nodes.awaitOrders();

            nodes.replace(0, start(contracted));
            nodes.awaitOrders();
            assertThat(query("SELECT to_regprocedure('diptych.append(" + OLD_PARAMETERS + ")') IS NULL"))
                    .containsExactly("t");

            Set<String> accepted = nodes.stopClients();
            assertThat(nodes.faults()).isEmpty();
            assertThat(query("SELECT substring(stream_name FROM 7) FROM diptych.events"))
                    .containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(query("SELECT DISTINCT coalesce(channel, 'none') FROM diptych.events"))
                    .as("nodes of both versions have appended")
                    .containsExactlyInAnyOrder("none", "web");
            awaitProjections(nodes.http());
            assertThat(new OrderClient(nodes.http()).listed()).isEqualTo(accepted);
        }
    }

    /** Shows that the test above can fail: the version that drops the old function comes too early. */
    @Test
    void an_old_node_fails_when_its_function_is_dropped(@TempDir Path directory) throws Exception {
        LaterVersion contracted = contracted(directory);
        try (var nodes = new RolledNodes(List.of(old()));
                Program newer = start(contracted)) {
            assertThat(newer.http().get("/health/live").status()).isEqualTo(200);
            Waiting.until("a request fails", () -> !nodes.faults().isEmpty());
            nodes.stopClients();
            assertThat(nodes.faults()).allMatch(fault -> fault.contains(" got 500"));
        }
    }

    private Program old() throws IOException {
        return Program.start(options());
    }

    private Program start(LaterVersion version) throws IOException {
        return Program.startOn(version.classPath(), options());
    }

    private String[] options() {
        Settings owner = TestPostgres.owner(database);
        return new String[] {"--store=postgres", "--jdbc-url=" + owner.url(), "--jdbc-user=" + owner.user()};
    }

    private static LaterVersion expanded(Path directory) throws IOException {
        LaterVersion version = LaterVersion.in(directory);
        String text = version.text(APPEND);
        String parameters = text.substring(text.indexOf("append(\n") + "append(".length(), text.indexOf(") RETURNS"));
        return withChannel(version, VERSION + 1).edit(APPEND, " FROM PUBLIC;", """
                        FROM PUBLIC;

                        -- Called by nodes of the version before.
                        CREATE OR REPLACE FUNCTION diptych.append(%s) RETURNS text[]
                            LANGUAGE sql
                            SECURITY DEFINER
                            SET search_path = pg_catalog, pg_temp
                        AS $$
                            SELECT diptych.append(
                                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL)
                        $$;
                        """.formatted(parameters));
    }

    private static LaterVersion contracted(Path directory) throws IOException {
        return withChannel(LaterVersion.in(directory), VERSION + 2)
                .with(EVENTS + "V3__drop_old_append.sql", "DROP FUNCTION diptych.append(" + OLD_PARAMETERS + ");");
    }

    /** Appends have a channel, which is null in events of the old version. */
    private static LaterVersion withChannel(LaterVersion later, int version) throws IOException {
        return later.with(EVENTS + "V2__channel.sql", "ALTER TABLE diptych.events ADD COLUMN channel text;")
                .edit(EVENTS + "R__00_not_older.sql", String.valueOf(VERSION), String.valueOf(version))
                .edit(EVENTS + "R__99_version.sql", "'events', " + VERSION, "'events', " + version)
                .editClass("PostgresSchema.java", "\"events\", " + VERSION, "\"events\", " + version)
                .edit(APPEND, "p_more_metadata        text[]\n", "p_more_metadata text[], p_channel text\n")
                .edit(APPEND, "text[]) FROM PUBLIC;", "text[], text) FROM PUBLIC;")
                .edit(APPEND, "payload, metadata)", "payload, metadata, channel)")
                .edit(APPEND, "p_metadata::json)", "p_metadata::json, p_channel)")
                .edit(APPEND, "e.metadata::json", "e.metadata::json, p_channel")
                .edit(EVENTS + "R__09_append_group.sql", "NULL);", "NULL, 'web');")
                .edit(EVENTS + "R__09_append_group.sql", "p_metadata[more:last]);", "p_metadata[more:last], 'web');")
                .edit("events/append.sql", "?)", "?, 'web')")
                .with("migration/orders/V2__list_by_total.sql", """
                        SET lock_timeout = 0;
                        DROP INDEX CONCURRENTLY IF EXISTS diptych.order_list_by_total;
                        CREATE INDEX CONCURRENTLY order_list_by_total ON diptych.order_list (total);
                        RESET lock_timeout;
                        """)
                .with("migration/orders/V2__list_by_total.sql.conf", "executeInTransaction=false\n")
                .edit("migration/orders/R__99_version.sql", "'orders', 1", "'orders', 2")
                .editClass("orders/PostgresOrders.java", "\"orders\", 1", "\"orders\", 2");
    }

    /** All functions, versions, and migrations of events. */
    private List<String> schema() {
        return query("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'diptych'::regnamespace"
                + " UNION ALL SELECT component || ' ' || version FROM diptych.schema_version"
                + " UNION ALL SELECT script || installed_rank FROM diptych.flyway_events ORDER BY 1");
    }

    private List<String> query(String sql) {
        return TestPostgres.query(database, sql);
    }

    private static void awaitProjections(Http http) {
        Waiting.untilAsserted(
                "no projection is behind",
                () -> assertThat(http.get("/projections").json().findValuesAsText("lag"))
                        .isNotEmpty()
                        .containsOnly("0"));
    }
}

package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.query.Checkpoints.HistoryStatus;
import dev.diptych.store.postgres.PostgresAppends.OpenAppend;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** The database itself keeps the two sides apart: each role may do its own work, and is refused everything else. */
class RolesTest {

    private static final String APPEND =
            "SELECT diptych.append(true, 's', null, 'k', 'f', 'lit', 1, '{}', '{}', null, null, null, null)";

    private static TestDatabase on;

    @BeforeAll
    static void create() {
        on = TestServer.newest().fresh();
        for (String role : List.of("writer", "projector", "reader")) {
            on.execute("DO $$ BEGIN CREATE ROLE diptych_test_" + role + " LOGIN PASSWORD 'diptych' IN ROLE diptych_"
                    + role + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
        on.store().append(new StreamName("s"), ExpectedVersion.any(), List.of(new NewEvent("lit", 1, "{}", "{}")));
    }

    @AfterAll
    static void drop() {
        on.close();
    }

    private static PGSimpleDataSource as(String role) {
        var source = new PGSimpleDataSource();
        source.setURL(on.url());
        source.setUser("diptych_test_" + role);
        source.setPassword("diptych");
        return source;
    }

    private static void execute(String role, String sql) throws SQLException {
        try (Connection connection = as(role).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "writer    | SELECT diptych.horizon()",
                "writer    | SELECT * FROM diptych.checkpoints",
                "writer    | SELECT * FROM diptych.tallies",
                "writer    | UPDATE diptych.commands SET fingerprint = ''",
                "writer    | DELETE FROM diptych.commands",
                "writer    | SELECT nextval('diptych.event_position')",
                "writer    | SELECT diptych.grant_roles()",
                "projector | SELECT * FROM diptych.commands",
                "projector | SELECT diptych.prune_commands('24 hours', 1)",
                "reader    | SELECT diptych.prune_commands('24 hours', 1)",
                "projector | SELECT nextval('diptych.event_position')",
                "projector | DELETE FROM diptych.checkpoints",
                "projector | TRUNCATE diptych.tallies",
                "projector | CREATE TABLE diptych.mine ()",
                "reader    | SELECT * FROM diptych.events",
                "reader    | SELECT * FROM diptych.commands",
                "reader    | SELECT diptych.horizon()",
                "reader    | SELECT * FROM diptych.oldest_append()",
                "reader    | SELECT last_value FROM diptych.event_position",
                "reader    | INSERT INTO diptych.tallies VALUES ('a', 1, 1, 1)",
                "reader    | UPDATE diptych.tallies SET sum = 0",
                "reader    | DELETE FROM diptych.tallies",
                "reader    | UPDATE diptych.checkpoints SET position = 0",
                "writer    | UPDATE diptych.histories SET id = 'mine'",
                "writer    | SELECT diptych.begin_history()",
                "projector | SELECT diptych.add_history()",
                "reader    | SELECT diptych.enter_history(false)",
                "reader    | SELECT diptych.register_read_model('events')"
            })
    void each_role_is_refused_what_is_not_its_own(String role, String sql) {
        assertRefused(role, sql);
    }

    @Test
    void nobody_but_the_writer_appends_and_nobody_writes_events_in_any_other_way() {
        assertRefused("projector", APPEND);
        assertRefused("reader", APPEND);
        for (String role : List.of("writer", "projector", "reader")) {
            for (String sql : List.of(
                    "INSERT INTO diptych.events SELECT * FROM diptych.events",
                    "UPDATE diptych.events SET type = ''",
                    "DELETE FROM diptych.events",
                    "TRUNCATE diptych.events",
                    "ALTER TABLE diptych.events DISABLE TRIGGER ALL",
                    "DROP TABLE diptych.events")) {
                assertThatThrownBy(() -> execute(role, sql))
                        .as("%s: %s", role, sql)
                        .hasMessageMatching("(?s).*(denied|must be owner).*");
            }
        }
    }

    private static void assertRefused(String role, String sql) {
        assertThatThrownBy(() -> execute(role, sql))
                .as("%s: %s", role, sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    private static PostgresCheckpoints checkpointsOf(String reader) {
        return PostgresCheckpoints.ofReader(Database.ofReader(as(reader)), List.of("tallies"));
    }

    @Test
    void each_role_may_do_its_own_work() throws SQLException {
        try (var wakeUps = new PostgresWakeUps(as("writer"))) {
            var store = new PostgresEventStore(
                    Database.ofWriter(as("writer")), Database.ofProjector(as("projector")), wakeUps);
            store.append(new StreamName("w"), ExpectedVersion.noStream(), List.of(new NewEvent("lit", 1, "{}", "{}")));
            assertThat(store.readStream(new StreamName("w"), 0, 10).events()).hasSize(1);
            assertThat(store.findCommand("none")).isEmpty();
            assertThat(store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, 1))
                    .isZero();
            assertThat(store.readAll(0, 10).events()).isNotEmpty();
            assertThat(store.head()).isPositive();
            assertThat(checkpointsOf("reader").statusOf(store.history())).isEqualTo(HistoryStatus.PRESENT);
        }
        Database projector = Database.ofProjector(as("projector"));
        var model = new PostgresReadModel<>(projector, new Tally.Tallies(), PostgresTallies.table("tallies"));
        var coin = new PublishedEvent<>(new Coin("a", 1), 1, 1);
        assertThat(model.apply(new Batch(0, List.of(coin), projector.run(projector::history))))
                .isTrue();
        model.reset();
        assertThat(model.checkpoint()).isZero();
        assertThat(new PostgresLease(
                                Database.ofProjector(as("projector")), "tallies", "node", PostgresLease.DEFAULT_LENGTH)
                        .hold())
                .isEqualTo(Lease.Turn.MINE);
        assertThat(checkpointsOf("reader").progress().get("tallies").head()).isPresent();
        assertThat(checkpointsOf("reader").paused()).isEmpty();
        assertThat(PostgresCheckpoints.ofProjector(projector, List.of("tallies"))
                        .progress()
                        .get("tallies")
                        .node())
                .contains("node");
        assertThat(new PostgresAppends(Database.ofWriter(as("writer"))).oldest())
                .isEmpty();
        execute("reader", "SELECT * FROM diptych.tallies");
        execute("reader", "SELECT * FROM diptych.checkpoints");
        execute("reader", "SELECT diptych.head()");
        PostgresSchema.require(Database.ofReader(as("reader")), List.of(PostgresSchema.EVENTS));
    }

    @Test
    void the_projector_sees_which_session_of_the_writer_holds_it_up_and_since_when() throws SQLException {
        try (Connection writer = as("writer").getConnection()) {
            writer.setAutoCommit(false);
            writer.createStatement().execute(APPEND.replace("'k', 'f'", "null, null"));
            OpenAppend open = new PostgresAppends(Database.ofProjector(as("projector")))
                    .oldest()
                    .orElseThrow();
            assertThat(open.pid()).isEqualTo(writer.unwrap(PGConnection.class).getBackendPID());
            assertThat(open.age()).isPresent();
            writer.rollback();
        }
    }

    @Test
    void not_even_the_writer_has_command_ids_forgotten_within_a_day() {
        for (String age : List.of("'23 hours'", "'-1 day'", "null")) {
            assertThatThrownBy(() -> execute("writer", "SELECT diptych.prune_commands(" + age + ", 1)"))
                    .hasMessageContaining("kept for 24 hours at least");
        }
    }

    @ParameterizedTest
    @CsvSource({"UPDATE diptych.events SET type = ''", "DELETE FROM diptych.events", "TRUNCATE diptych.events"})
    void events_are_facts_for_their_owner_too(String sql) {
        for (String with : List.of("", "SET session_replication_role = replica; ")) {
            assertThatThrownBy(() -> on.execute(with + sql))
                    .hasMessageContaining("is refused: what has happened cannot be changed")
                    .hasMessageContaining("Append an event that says what is true now");
        }
        assertThat(on.query("SELECT type FROM diptych.events")).contains("lit");
    }

    @Test
    void an_update_that_would_touch_no_row_is_refused_too() {
        assertThatThrownBy(() -> on.execute("DELETE FROM diptych.events WHERE false"))
                .hasMessageContaining("is refused");
    }

    @Test
    void without_the_right_to_create_roles_the_migrations_run_all_the_same() throws SQLException {
        // Roles belong to the whole server, so that they are there; what is shown is that their creation may be
        // refused.
        on.execute(
                "DO $$ BEGIN CREATE ROLE diptych_test_owner LOGIN PASSWORD 'diptych'; EXCEPTION WHEN duplicate_object"
                        + " THEN NULL; END $$");
        String creation = Sql.of(PostgresEventStore.class, "migration/events/R__07_roles.sql")
                .replace("'diptych_writer'", "'diptych_test_not_there'");
        assertThat(creation).contains("diptych_test_not_there");
        execute("owner", creation);
        assertThat(on.query("SELECT rolname FROM pg_roles")).doesNotContain("diptych_test_not_there");
    }

    @Test
    void every_function_with_the_rights_of_its_owner_pins_its_search_path() {
        assertThat(on.query("SELECT proname FROM pg_proc WHERE pronamespace = 'diptych'::regnamespace AND prosecdef"))
                .containsExactlyInAnyOrder(
                        "append", "append_group", "enter_history", "head", "oldest_append", "prune_commands");
        assertThat(on.query("SELECT proname FROM pg_proc WHERE pronamespace = 'diptych'::regnamespace"
                        + " AND NOT coalesce(proconfig, '{}') @> '{\"search_path=pg_catalog, pg_temp\"}'"))
                .isEmpty();
        assertThat(on.query("SELECT proname FROM pg_proc p WHERE pronamespace = 'diptych'::regnamespace"
                        + " AND has_function_privilege('public', p.oid, 'EXECUTE') AND proname <> 'forbid_change'"))
                .isEmpty();
    }
}

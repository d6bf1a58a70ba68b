package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.query.Checkpoints.HistoryStatus;
import dev.diptych.store.postgres.events.PostgresEventStore;
import dev.diptych.store.postgres.events.PostgresOpenAppends;
import dev.diptych.store.postgres.readmodels.PostgresCheckpoints;
import dev.diptych.store.postgres.readmodels.PostgresLease;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
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

/** Each database role has the privileges for its work, and no others. */
class RolesTest {

    private static final String APPEND = "SELECT diptych.append(true, 's', 'any', null, true, 'k', 'f',"
            + " 'lit', 1, '{}', '{}', null, null, null, null)";

    private static TestDatabase on;

    @BeforeAll
    static void create() {
        on = TestServer.newest().fresh();
        for (String role : List.of("writer", "projector", "reader")) {
            on.execute("DO $$ BEGIN CREATE ROLE diptych_test_" + role + " LOGIN PASSWORD 'diptych' IN ROLE diptych_"
                    + role + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
        on.execute("CREATE TABLE diptych.notes (note text)", "SELECT diptych.register_plain_table('notes')");
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
                "reader    | INSERT INTO diptych.tallies VALUES (1, 'a', 1, 1, 1)",
                "reader    | UPDATE diptych.tallies SET sum = 0",
                "reader    | DELETE FROM diptych.tallies",
                "reader    | UPDATE diptych.checkpoints SET position = 0",
                "writer    | UPDATE diptych.histories SET id = 'mine'",
                "writer    | SELECT diptych.begin_history()",
                "projector | SELECT diptych.add_history()",
                "reader    | SELECT diptych.enter_history(false)",
                "reader    | SELECT diptych.register_read_model('events')",
                "writer    | SELECT diptych.register_plain_table('events')",
                "writer    | TRUNCATE diptych.notes",
                "projector | SELECT * FROM diptych.notes",
                "reader    | SELECT * FROM diptych.notes",
                "writer    | SELECT * FROM diptych.leases",
                "writer    | UPDATE diptych.leases SET holder = 'mine'",
                "writer    | SELECT diptych.hold_lease('tallies', 'tallies', 1, 'mine', '1 hour')",
                "reader    | SELECT diptych.hold_automation_lease('tallies', 1, 'mine', '1 hour')",
                "projector | SELECT diptych.hold_automation_lease('tallies', 1, 'mine', '1 hour')",
                "reader    | SELECT diptych.release_automation_lease('tallies', 1, 'mine')"
            })
    void a_role_is_denied_what_it_does_not_need(String role, String sql) {
        assertDenied(role, sql);
    }

    @Test
    void only_the_writer_appends_and_only_through_the_function() {
        assertDenied("projector", APPEND);
        assertDenied("reader", APPEND);
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

    private static void assertDenied(String role, String sql) {
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
        EmptyCopy.serve(model);
        assertThat(model.checkpoint()).isZero();
        model.generations().start(true);
        assertThat(model.generations().compare(3)).isTrue();
        model.generations().cancel();
        assertThat(model.generations().deleteUnused(1)).isTrue();
        assertThat(new PostgresLease(
                                Database.ofProjector(as("projector")),
                                "tallies",
                                1,
                                "node",
                                PostgresLease.DEFAULT_LENGTH)
                        .hold())
                .isEqualTo(Lease.Turn.MINE);
        assertThat(checkpointsOf("reader").progress().get("tallies").head()).isPresent();
        assertThat(checkpointsOf("reader").paused()).isEmpty();
        assertThat(checkpointsOf("reader").replica()).as("on a primary").isEmpty();
        assertThat(PostgresCheckpoints.ofProjector(projector, List.of("tallies"))
                        .progress()
                        .get("tallies")
                        .node())
                .contains("node");
        assertThat(new PostgresOpenAppends(Database.ofWriter(as("writer"))).oldest())
                .isEmpty();
        execute("writer", "INSERT INTO diptych.notes VALUES ('a')");
        execute("writer", "UPDATE diptych.notes SET note = 'b'");
        execute("writer", "DELETE FROM diptych.notes WHERE note = 'b'");
        execute("reader", "SELECT * FROM diptych.tallies");
        execute("reader", "SELECT * FROM diptych.checkpoints");
        execute("reader", "SELECT diptych.head()");
        PostgresSchema.require(Database.ofReader(as("reader")), List.of(PostgresSchema.EVENTS));
        PostgresSchema.require(projector, List.of(PostgresSchema.EVENTS));
        PostgresSchema.require(Database.ofWriter(as("writer")), List.of(PostgresSchema.EVENTS));
    }

    @Test
    void the_writer_takes_the_leases_of_automations_and_of_nothing_else() throws SQLException {
        execute("writer", "SELECT diptych.hold_automation_lease('tallies', 7, 'mine', '1 hour')");
        assertThat(on.query("SELECT projection FROM diptych.leases WHERE holder = 'mine'"))
                .containsExactly("automation/tallies");
        execute("writer", "SELECT diptych.release_automation_lease('tallies', 7, 'mine')");
        assertThat(on.query("SELECT holder FROM diptych.leases WHERE holder = 'mine' AND until > now()"))
                .isEmpty();
    }

    @Test
    void a_user_who_lacks_privileges_of_a_role_is_rejected() {
        assertThatThrownBy(() ->
                        PostgresSchema.require(Database.ofProjector(as("reader")), List.of(PostgresSchema.EVENTS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The user diptych_test_reader does not have the privileges of the role diptych_projector."
                        + " Run as an administrator in this database: GRANT diptych_projector TO"
                        + " diptych_test_reader");
    }

    @Test
    void the_projector_sees_the_open_append_of_a_writer_and_its_age() throws SQLException {
        try (Connection writer = as("writer").getConnection()) {
            writer.setAutoCommit(false);
            writer.createStatement().execute(APPEND.replace("'k', 'f'", "null, null"));
            OpenAppend open = new PostgresOpenAppends(Database.ofProjector(as("projector")))
                    .oldest()
                    .orElseThrow();
            assertThat(open.pid()).isEqualTo(writer.unwrap(PGConnection.class).getBackendPID());
            assertThat(open.age()).isPresent();
            writer.rollback();
        }
    }

    @Test
    void the_writer_cannot_prune_command_ids_within_24_hours() {
        for (String age : List.of("'23 hours'", "'-1 day'", "null")) {
            assertThatThrownBy(() -> execute("writer", "SELECT diptych.prune_commands(" + age + ", 1)"))
                    .hasMessageContaining("kept for at least 24 hours");
        }
    }

    @ParameterizedTest
    @CsvSource({"UPDATE diptych.events SET type = ''", "DELETE FROM diptych.events", "TRUNCATE diptych.events"})
    void the_owner_cannot_change_events_either(String sql) {
        for (String with : List.of("", "SET session_replication_role = replica; ")) {
            assertThatThrownBy(() -> on.execute(with + sql))
                    .hasMessageContaining("is not allowed: events are immutable")
                    .hasMessageContaining("Append an event that records the correction");
        }
        assertThat(on.query("SELECT type FROM diptych.events")).contains("lit");
    }

    @Test
    void a_statement_that_would_change_no_row_is_rejected_too() {
        assertThatThrownBy(() -> on.execute("DELETE FROM diptych.events WHERE false"))
                .hasMessageContaining("is not allowed");
    }

    @Test
    void migrations_run_without_the_privilege_to_create_roles() throws SQLException {
        // The roles exist on the server, so this creates one of another name without the privilege.
        on.execute(
                "DO $$ BEGIN CREATE ROLE diptych_test_owner LOGIN PASSWORD 'diptych'; EXCEPTION WHEN duplicate_object"
                        + " THEN NULL; END $$");
        String creation = Sql.of(Database.class, "migration/events/R__07_roles.sql")
                .replace("'diptych_writer'", "'diptych_test_missing'");
        assertThat(creation).contains("diptych_test_missing");
        execute("owner", creation);
        assertThat(on.query("SELECT rolname FROM pg_roles")).doesNotContain("diptych_test_missing");
    }

    @Test
    void every_security_definer_function_sets_its_search_path() {
        assertThat(on.query("SELECT proname FROM pg_proc WHERE pronamespace = 'diptych'::regnamespace AND prosecdef"))
                .containsExactlyInAnyOrder(
                        "append",
                        "append_group",
                        "enter_history",
                        "head",
                        "hold_automation_lease",
                        "oldest_append",
                        "prune_commands",
                        "release_automation_lease");
        assertThat(on.query("SELECT proname FROM pg_proc WHERE pronamespace = 'diptych'::regnamespace"
                        + " AND NOT coalesce(proconfig, '{}') @> '{\"search_path=pg_catalog, pg_temp\"}'"))
                .isEmpty();
        assertThat(on.query("SELECT proname FROM pg_proc p WHERE pronamespace = 'diptych'::regnamespace"
                        + " AND has_function_privilege('public', p.oid, 'EXECUTE') AND proname <> 'forbid_change'"))
                .isEmpty();
    }
}

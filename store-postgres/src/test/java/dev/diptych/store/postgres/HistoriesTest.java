package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.query.Checkpoints.HistoryStatus;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Relay;
import dev.diptych.store.postgres.readmodels.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** When a store begins a new history, and which connections are accepted. */
class HistoriesTest {

    private static final StreamName LAMP = new StreamName("lamp");
    private static final List<NewEvent> EVENT = List.of(new NewEvent("lit", 1, "{}", "{}"));

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    private HistoryStatus statusOf(String history) {
        return PostgresCheckpoints.ofReader(Database.ofReader(on.source()), List.of())
                .statusOf(history);
    }

    private List<String> histories() {
        return on.query("SELECT id FROM diptych.histories ORDER BY number");
    }

    private static String enter(Function<DataSource, Database> role, DataSource source) {
        Database database = role.apply(source);
        return database.run(database::history);
    }

    @Test
    void a_copy_of_a_database_has_its_own_history_and_knows_the_original_one() {
        String history = on.store().history();
        assertThat(histories()).hasSize(2).endsWith(history); // the first is that of the template
        assertThat(statusOf(history)).isEqualTo(HistoryStatus.PRESENT);
        assertThat(statusOf(histories().getFirst())).isEqualTo(HistoryStatus.SUPERSEDED);
        assertThat(statusOf("another")).isEqualTo(HistoryStatus.UNKNOWN);
    }

    @Test
    void concurrent_connections_begin_one_history() throws Exception {
        List<Callable<String>> all = Stream.generate(
                        () -> (Callable<String>) () -> enter(Database::ofWriter, on.source()))
                .limit(8)
                .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<String> each : threads.invokeAll(all)) {
                assertThat(each.get()).isEqualTo(on.store().history());
            }
        }
        assertThat(histories()).hasSize(2);
    }

    @Test
    void a_change_of_any_identifying_value_begins_a_history() {
        for (String part : List.of("system_identifier", "timeline", "database_oid", "events_oid")) {
            int before = histories().size();
            String history = enter(Database::ofWriter, on.source());
            on.execute("UPDATE diptych.histories SET " + part + " = 9 WHERE id = '" + history + "'");
            assertThat(enter(Database::ofProjector, on.source())).as(part).isNotEqualTo(history);
            assertThat(enter(Database::ofProjector, on.source()))
                    .isEqualTo(histories().getLast());
            assertThat(histories()).hasSize(Math.max(before, 2) + 1);
        }
    }

    @Test
    void a_connection_enters_it_once() {
        try (Relay relay = Relay.to(on.url());
                var pool = UnvalidatedPool.of(
                        Settings.of(relay.url(on.url()), "", "", "counted").withSize(1))) {
            var database = Database.ofWriter(pool.pooled());
            database.run(database::history);
            int before = relay.roundTrips();
            for (int i = 0; i < 3; i++) {
                database.run(database::history);
            }
            assertThat(relay.roundTrips()).isEqualTo(before);
        }
    }

    @Test
    void a_read_only_server_is_rejected_and_its_connections_are_closed() {
        String separator = on.url().contains("?") ? "&" : "?";
        String readOnly = on.url() + separator + "options=-c%20default_transaction_read_only=on";
        try (var pool =
                new PostgresPool(Settings.of(readOnly, "", "", "read-only").withSize(1))) {
            var database = Database.ofWriter(pool.pooled());
            Waiting.until(
                    "the pool has a connection",
                    () -> !on.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'read-only'")
                            .isEmpty());
            List<String> backends = on.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'read-only'");
            assertThatThrownBy(() -> database.run(database::history))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("The database cannot be written here: it is a standby, or read-only");
            Waiting.until("the pool has another connection", () -> {
                List<String> now = on.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'read-only'");
                return !now.isEmpty() && now.stream().noneMatch(backends::contains);
            });
        }
    }

    // Positions

    @Test
    void an_append_at_a_taken_position_is_not_retried() {
        EventStore store = on.store();
        store.append(LAMP, ExpectedVersion.noStream(), EVENT);
        store.append(LAMP, ExpectedVersion.any(), EVENT);
        store.append(LAMP, ExpectedVersion.any(), EVENT);
        on.execute("SELECT setval('diptych.event_position', 1, false)");

        assertThatThrownBy(() -> store.append(LAMP, ExpectedVersion.any(), EVENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("The sequence diptych.event_position is behind");
        assertThat(on.query("SELECT last_value FROM diptych.event_position"))
                .as("the positions drawn")
                .containsExactly("1");
        assertThatThrownBy(() -> store.append(new StreamName("other"), ExpectedVersion.noStream(), EVENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is at 1, but position 3 is in use");
        assertThatThrownBy(on.database()::requireWritable).hasMessageContaining("is at 1, but position 3 is in use");

        on.execute("SELECT setval('diptych.event_position', 3)");
        store.append(LAMP, ExpectedVersion.any(), EVENT);
        assertThat(store.readAll(3, 10).events()).hasSize(1);
    }

    @Test
    void a_checkpoint_ahead_of_the_sequence_rejects_writers_but_not_projectors() {
        on.execute("INSERT INTO diptych.checkpoints VALUES ('ahead', 5)");
        assertThatThrownBy(() -> enter(Database::ofWriter, on.source()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is at 0, but position 5 is in use")
                .hasMessageContaining("rebuild the projections that are ahead of it");
        assertThat(enter(Database::ofProjector, on.source()))
                .as("a projector, which can rebuild it")
                .isNotEmpty();
    }

    // begin_history

    @Test
    void begin_history_requires_that_no_other_session_is_connected() throws Exception {
        String before = on.store().history();
        on.disconnect();
        try (Connection node = on.source().getConnection()) {
            assertThat(node.isValid(30)).isTrue();
            assertThatThrownBy(() -> on.execute("SELECT diptych.begin_history()"))
                    .rootCause()
                    .hasMessageContaining("requires that no other session is connected, but these are: postgres (pid ")
                    .hasMessageContaining("Stop the nodes");
            assertThat(statusOf(before)).isEqualTo(HistoryStatus.PRESENT);
        }
        Waiting.untilAsserted("the session has ended", () -> on.execute("SELECT diptych.begin_history()"));
        assertThat(statusOf(before)).isEqualTo(HistoryStatus.SUPERSEDED);
        assertThat(statusOf(enter(Database::ofWriter, on.source()))).isEqualTo(HistoryStatus.PRESENT);
    }

    @Test
    void an_owner_needs_no_superuser_privileges() throws Exception {
        try (TestDatabase owned = TestServer.newest().empty()) {
            owned.execute(
                    "DO $$ BEGIN CREATE ROLE diptych_test_owner LOGIN PASSWORD 'diptych';"
                            + " EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO diptych_test_owner', current_database());"
                            + " END $$");
            var owner = new PGSimpleDataSource();
            owner.setURL(owned.url());
            owner.setUser("diptych_test_owner");
            owner.setPassword("diptych");
            owned.disconnect();
            Flyway.configure()
                    .dataSource(owner)
                    .locations("classpath:" + PostgresSchema.EVENTS.location())
                    .schemas("diptych")
                    .load()
                    .migrate();
            String first = enter(Database::ofWriter, owner);
            assertThat(beginHistory(owner)).isNotEqualTo(first).isEqualTo(enter(Database::ofWriter, owner));
        }
    }

    private static String beginHistory(DataSource owner) throws SQLException {
        try (Connection connection = owner.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT diptych.begin_history()")) {
            row.next();
            return row.getString(1);
        }
    }
}

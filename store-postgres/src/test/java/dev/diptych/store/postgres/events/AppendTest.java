package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.UnvalidatedPool;
import dev.diptych.store.postgres.faults.Relay;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Guarantees of an append beyond the contract. */
class AppendTest {

    private static final StreamName LAMP = new StreamName("lamp-1");
    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    @Test
    void an_append_is_one_round_trip_for_any_number_of_events() throws Exception {
        try (Relay relay = Relay.to(on.url());
                var pool = UnvalidatedPool.of(
                        Settings.of(relay.url(on.url()), "", "", "counted").withSize(1));
                var wakeUps = new PostgresWakeUps(on.source())) {
            var database = Database.ofProjector(pool.pooled());
            var store = new PostgresEventStore(database, database, wakeUps);
            store.append(LAMP, ExpectedVersion.noStream(), List.of(EVENT));

            String history = store.history();
            int before = relay.roundTrips();
            int version = 1;
            for (int events : new int[] {0, 1, 2, 100}) {
                var stamp = Optional.of(new CommandStamp("key-" + events, "print"));
                store.append(
                        LAMP, ExpectedVersion.exactly(version, history), Collections.nCopies(events, EVENT), stamp);
                store.append(LAMP, ExpectedVersion.exactly(99, history), Collections.nCopies(events, EVENT));
                version += events;
            }
            assertThat(relay.roundTrips() - before)
                    .as("round trips of 8 appends")
                    .isEqualTo(8);
            assertThat(store.readStream(LAMP, 0, 1_000).events()).hasSize(104);
        }
    }

    @Test
    void an_event_inserted_outside_the_function_causes_a_conflict() {
        on.store().append(LAMP, ExpectedVersion.noStream(), List.of(EVENT));
        insert(2);
        var expected = ExpectedVersion.exactly(1, on.store().history());
        assertThat(on.store().append(LAMP, expected, List.of(EVENT)))
                .isEqualTo(
                        new AppendResult.Conflict(LAMP, expected, 2, on.store().history()));
        assertThat(on.store().append(LAMP, ExpectedVersion.any(), List.of(EVENT)))
                .isInstanceOf(Appended.class);
    }

    @Test
    void a_version_taken_by_a_concurrent_insert_is_retried() throws Exception {
        on.store().append(LAMP, ExpectedVersion.noStream(), List.of(EVENT));
        try (Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(insertion(2));
            Thread commit = Thread.ofPlatform().start(() -> awaitBlockedThenCommit(other));
            AppendResult result = on.store().append(LAMP, ExpectedVersion.any(), List.of(EVENT));
            assertThat(commit.join(Waiting.PATIENCE)).isTrue();
            assertThat(result).isInstanceOf(Appended.class);
            assertThat(on.store().readStream(LAMP, 0, 10).events()).hasSize(3);
        }
    }

    private void awaitBlockedThenCommit(Connection other) {
        on.awaitBlocked(1);
        try {
            other.commit();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_payload_that_is_not_json_is_rejected() {
        assertThatThrownBy(() -> on.store()
                        .append(LAMP, ExpectedVersion.any(), List.of(new NewEvent("lit", 1, "{no json", "{}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("json");
        assertThat(on.store().readStream(LAMP, 0, 10).events()).isEmpty();
    }

    @Test
    void appends_use_read_committed_despite_another_default() throws Exception {
        on.execute("ALTER DATABASE " + on.name() + " SET default_transaction_isolation = 'serializable'");
        try (var pool = new PostgresPool(Settings.of(on.url(), "", "", "test"));
                var wakeUps = new PostgresWakeUps(on.source())) {
            var database = Database.ofProjector(pool.pooled());
            var store = new PostgresEventStore(database, database, wakeUps);
            assertThat(store.append(LAMP, ExpectedVersion.any(), List.of(EVENT)))
                    .isInstanceOf(Appended.class);
            assertThat(store.readAll(0, 10).events()).hasSize(1);
        }
    }

    @Test
    void another_isolation_level_is_rejected() {
        assertThatThrownBy(() -> on.execute("BEGIN ISOLATION LEVEL REPEATABLE READ;"
                        + " SELECT diptych.append(true, 's', 'any', null, true, null, null, null, null, null, null,"
                        + " null, null, null, null)"))
                .hasMessageContaining("needs the isolation level read committed, not repeatable read");
    }

    private String append(String expectation, String version, boolean lookFirst, String event) {
        return on.query("SELECT diptych.append(true, 'lamp-1', " + expectation + ", " + version + ", " + lookFirst
                        + ", null, null, " + event + ", null, null, null, null)")
                .getFirst();
    }

    @Test
    void only_an_event_of_a_new_stream_is_inserted_without_a_look() {
        String event = "'lit', 1, '{}', '{}'";
        String none = "null, null, null, null";
        assertThat(append("'none'", "null", false, event)).isEqualTo("{appended,1,1}");
        assertThat(append("'none'", "null", false, none)).isEqualTo("{conflict,1}");
        assertThat(append("'exactly'", "2", false, event)).isEqualTo("{conflict,1}");
        assertThat(append("'exists'", "null", false, event)).isEqualTo("{appended,2,2}");
        assertThat(append("'any'", "null", false, event)).isEqualTo("{appended,3,3}");
        assertThatThrownBy(() -> append("'none'", "null", false, event)).hasMessageContaining("23505");
        assertThat(append("'none'", "null", true, event)).isEqualTo("{conflict,3}");
    }

    @Test
    void an_exact_version_that_is_null_is_at_no_stream_and_another_word_is_rejected() {
        String event = "'lit', 1, '{}', '{}'";
        assertThat(append("'exactly'", "null", true, event)).isEqualTo("{conflict,0}");
        for (String word : List.of("'exact'", "null")) {
            assertThatThrownBy(() -> append(word, "1", true, event))
                    .hasMessageContaining("diptych.append expects none, exactly, exists or any, not");
        }
        assertThat(on.store().readStream(LAMP, 0, 10).events()).isEmpty();
    }

    @Test
    void after_a_lost_connection_the_command_id_resolves_the_unknown_outcome() throws Exception {
        try (Relay relay = Relay.to(on.url());
                var pool = new PostgresPool(
                        Settings.of(relay.url(on.url()), "", "", "cut").withSize(1));
                var wakeUps = new PostgresWakeUps(on.source());
                Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            var database = Database.ofProjector(pool.pooled());
            var store = new PostgresEventStore(database, database, wakeUps);
            var stamp = Optional.of(new CommandStamp("key", "print"));
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(17483, hashtext('lamp-1'))");
            Thread cut = Thread.ofPlatform().start(() -> {
                on.awaitBlocked(1);
                relay.cut();
            });
            assertThatThrownBy(() -> store.append(LAMP, ExpectedVersion.any(), List.of(EVENT), stamp))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            assertThat(cut.join(Waiting.PATIENCE)).isTrue();
            other.rollback();
            relay.mend();
            AppendResult again = store.append(LAMP, ExpectedVersion.any(), List.of(EVENT), stamp);
            assertThat(again).isInstanceOfAny(Appended.class, AppendResult.Repeated.class);
            assertThat(store.readStream(LAMP, 0, 10).events()).hasSize(1);
        }
    }

    private void insert(int version) {
        on.execute(insertion(version));
    }

    private static String insertion(int version) {
        return "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)"
                + " VALUES (nextval('diptych.event_position'), 'lamp-1', " + version + ", 'lit', 1, '{}', '{}')";
    }
}

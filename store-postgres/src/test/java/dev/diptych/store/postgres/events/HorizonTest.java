package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.Sql;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.faults.Backup;
import dev.diptych.store.postgres.faults.PostgresServer;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which transactions hold back the horizon, and when the function fails. */
class HorizonTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");
    private static final String APPEND = "SELECT diptych.append(true, 'open', 'any', null, true, null, null,"
            + " 'lit', 1, '{}', '{}', null, null, null, null)";

    @AutoClose
    private TestDatabase on = TestServer.newest().fresh();

    private long horizon() {
        return Long.parseLong(on.query("SELECT diptych.horizon()").getFirst());
    }

    private void append(int events) {
        on.store().append(new StreamName("s"), ExpectedVersion.any(), java.util.Collections.nCopies(events, EVENT));
    }

    private static Connection begin(TestDatabase where, String sql) throws Exception {
        Connection connection = where.source().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    @Test
    void it_is_the_last_position_when_no_append_is_open() {
        assertThat(horizon()).isZero();
        append(1);
        assertThat(horizon()).isEqualTo(1);
        append(3);
        assertThat(horizon()).isEqualTo(4);
    }

    @Test
    void an_open_append_holds_it_back_until_it_ends() throws Exception {
        try (Connection open = begin(on, APPEND)) {
            assertThat(horizon()).isZero();
            append(2);
            assertThat(horizon()).isZero();
            assertThat(on.store().readAll(0, 10).events()).isEmpty();
            assertThat(on.store().head()).as("the last committed event").isEqualTo(3);
            open.commit();
            assertThat(horizon()).isEqualTo(3);
            assertThat(on.store().readAll(0, 10).events()).hasSize(3);
        }
    }

    @Test
    void a_rolled_back_append_does_not_hold_it_back() throws Exception {
        try (Connection open = begin(on, APPEND)) {
            append(2);
            open.rollback();
        }
        assertThat(horizon()).isEqualTo(3);
        assertThat(on.store().readAll(0, 10).events()).hasSize(2);
    }

    @Test
    void other_transactions_and_locks_do_not_hold_it_back() throws Exception {
        try (Connection writing = begin(on, "CREATE TABLE public.other (); SELECT pg_current_xact_id()");
                TestDatabase elsewhere = TestServer.newest().fresh();
                Connection appendingElsewhere = begin(elsewhere, APPEND);
                Connection otherLocks = begin(
                        on,
                        "SELECT pg_advisory_lock(17481 << 16, 0), pg_advisory_lock(0),"
                                + " pg_advisory_lock(1::bigint << 48)")) {
            append(1);
            assertThat(horizon()).isEqualTo(1);
            assertThat(writing.isValid(30) && appendingElsewhere.isValid(30) && otherLocks.isValid(30))
                    .isTrue();
        }
    }

    @Test
    void each_condition_on_the_locks_is_necessary() throws Exception {
        String sql = Sql.of(Database.class, "migration/events/R__03_horizon.sql");
        for (String condition : List.of(
                "AND l.objsubid = 1",
                "AND l.classid::bigint >> 16 = 17481",
                "AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())")) {
            assertThat(sql).contains(condition);
            on.execute(sql.replace(condition, ""));
            assertThatThrownBy(this::other_transactions_and_locks_do_not_hold_it_back)
                    .as("without %s", condition)
                    .isInstanceOf(AssertionError.class);
            on.close();
            on = TestServer.newest().fresh();
        }
    }

    @Test
    void a_full_page_below_an_earlier_horizon_does_not_need_the_horizon() {
        append(5);
        assertThat(on.store().readAll(0, 2).events()).hasSize(2);
        on.execute("DROP FUNCTION diptych.horizon()");
        assertThat(on.store().readAll(2, 2).events()).hasSize(2);
        assertThatThrownBy(() -> on.store().readAll(4, 2)).hasStackTraceContaining("horizon() does not exist");
    }

    @Test
    void a_page_with_fewer_events_below_an_earlier_horizon_is_read_on() throws Exception {
        append(1);
        try (Connection open = begin(on, APPEND)) {
            open.rollback();
        }
        append(1);
        assertThat(on.store().readAll(0, 1).events()).hasSize(1);
        append(1);
        assertThat(on.store().readAll(0, 3).events())
                .extracting(RecordedEvent::position)
                .containsExactly(1L, 3L, 4L);
    }

    @Test
    void an_earlier_horizon_of_another_history_is_not_used() throws Exception {
        Database unpooled = Database.ofProjector(on.source()); // each connection enters the current history
        try (var wakeUps = new PostgresWakeUps(on.source())) {
            var store = new PostgresEventStore(unpooled, unpooled, wakeUps);
            append(5);
            assertThat(store.readAll(0, 1).events()).hasSize(1);
            on.execute(
                    "ALTER TABLE diptych.events DISABLE TRIGGER events_are_immutable",
                    "TRUNCATE diptych.events RESTART IDENTITY",
                    "UPDATE diptych.histories SET timeline = 9");
            try (Connection open = begin(on, APPEND)) {
                append(1);
                assertThat(store.head()).isEqualTo(2);
                assertThat(store.readAll(0, 1).events()).isEmpty();
                open.commit();
            }
            assertThat(store.readAll(0, 10).events()).hasSize(2);
        }
    }

    @Test
    void positions_beyond_32_bits_are_registered_completely() throws Exception {
        on.execute("SELECT setval('diptych.event_position', 5000000000)");
        append(1);
        try (Connection open = begin(on, APPEND)) {
            append(1);
            assertThat(horizon()).isEqualTo(5_000_000_001L);
            open.rollback();
        }
    }

    @Test
    void another_isolation_level_is_rejected() {
        assertThatThrownBy(() -> on.execute("BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT diptych.horizon()"))
                .hasMessageContaining("needs the isolation level read committed, not serializable");
    }

    @Test
    void a_role_that_may_not_read_the_sequence_is_rejected() {
        assertThatThrownBy(() -> on.execute(
                        "CREATE ROLE diptych_test_stranger; GRANT USAGE ON SCHEMA diptych TO diptych_test_stranger;"
                                + " GRANT EXECUTE ON FUNCTION diptych.horizon() TO diptych_test_stranger;"
                                + " SET ROLE diptych_test_stranger; SELECT diptych.horizon()"))
                .hasMessageContaining("needs the privilege to read the sequence");
    }

    @Test
    void a_standby_is_rejected(@TempDir Path directory) {
        try (PostgresServer primary = PostgresServer.create(directory.resolve("primary"))) {
            for (String file : List.of("V1__tables.sql", "R__03_horizon.sql")) {
                primary.execute("postgres", Sql.of(Database.class, "migration/events/" + file));
            }
            assertThat(primary.query("postgres", "SELECT diptych.horizon()")).containsExactly("0");
            try (Standby standby =
                    Backup.of(primary, directory.resolve("standby")).standby()) {
                assertThatThrownBy(() -> standby.server().query("postgres", "SELECT diptych.horizon()"))
                        .rootCause()
                        .hasMessageContaining("cannot run on a standby")
                        .hasMessageContaining("Read events from the primary");
            }
        }
    }
}

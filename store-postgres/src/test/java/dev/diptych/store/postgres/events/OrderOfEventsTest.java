package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.events.HostileCampaign.Outcome;
import dev.diptych.store.postgres.events.HostileCampaign.Page;
import dev.diptych.store.postgres.events.HostileCampaign.Reader;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No reader misses an event or reads one out of order. Each clause of the mechanism is broken once, and the
 * interleavings detect it.
 */
class OrderOfEventsTest {

    private static final int[] PAGE_SIZES = {1, 7, 100, 10_000};

    /** Random by default; {@code -Dcampaign.seed} repeats the random choices of a campaign. */
    private static final long SEED = Long.getLong("campaign.seed", new Random().nextInt());

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    @Test
    void the_interleavings_find_no_fault_in_the_store() throws Exception {
        on.execute(waitingToRegister(Interleavings.WRITERS_GATE), waitingBetweenReads());
        assertClean(Interleavings.of(on, throughTheStore(on.store()), PAGE_SIZES));
    }

    @Test
    void no_reader_misses_an_event_of_hostile_writers() throws Exception {
        try (TestDatabase fresh = TestServer.newest().fresh()) {
            assertClean(Interleavings.of(fresh, throughTheStore(fresh.store()), PAGE_SIZES));
        }
        survives(new HostileCampaign(on, 16, 100, SEED), 2_500);
    }

    @Test
    @Tag("full")
    void no_reader_misses_an_event_of_many_hostile_writers() throws Exception {
        survives(new HostileCampaign(on, 24, 2_000, SEED), 90_000);
    }

    private void survives(HostileCampaign campaign, int atLeast) throws Exception {
        System.out.println("Hostile writers: -Dcampaign.seed=" + SEED);
        Outcome outcome = campaign.run(throughTheStore(on.store()), PAGE_SIZES);

        assertThat(outcome.committed()).as("committed events").hasSizeGreaterThan(atLeast);
        assertThat(outcome.killed()).as("killed server processes").isPositive();
        assertClean(outcome);
    }

    private static void assertClean(Outcome outcome) {
        assertThat(outcome.lost()).as("events that a reader missed").isZero();
        assertThat(outcome.outOfOrder()).as("events out of order").isZero();
        assertThat(outcome.stalled()).as("readers that did not reach the end").isZero();
    }

    @Test
    void no_reader_misses_an_event_of_writers_that_register_late() throws Exception {
        on.execute(waitingToRegister("pg_sleep(0.01 * random())"));
        survives(new HostileCampaign(on, 16, 60, SEED), 1_500);
    }

    /** Creates a reader of a database. */
    interface Reading {
        Reader on(TestDatabase database);
    }

    static Stream<Arguments> brokenReaders() {
        return Stream.of(
                Arguments.of("it reads without a horizon", (Reading) OrderOfEventsTest::naive),
                Arguments.of("its cursor moves back with the horizon", (Reading) OrderOfEventsTest::falling),
                Arguments.of("a full page moves its cursor to the horizon", (Reading) OrderOfEventsTest::jumping),
                Arguments.of("horizon and rows in one statement", (Reading) OrderOfEventsTest::inOneStatement));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenReaders")
    void a_reader_that_breaks_a_clause_is_detected(String clause, Reading reading) throws Exception {
        on.execute(waitingToRegister(Interleavings.WRITERS_GATE)); // makes the horizon move back
        assertDetected(clause, reading.on(on));
    }

    /** Changes to the text of a function. */
    static Stream<Arguments> brokenFunctions() {
        return Stream.of(
                Arguments.of(
                        "writers do not register",
                        "R__02_append.sql",
                        change("registered := pg_advisory_xact_lock_shared(", "registered := (")),
                Arguments.of("writers register after drawing", "R__02_append.sql", (UnaryOperator<String>)
                        OrderOfEventsTest::registerAfterDrawing),
                Arguments.of(
                        "writers release the lock before they commit",
                        "R__02_append.sql",
                        change(
                                        "RETURN ARRAY['appended'",
                                        "PERFORM pg_advisory_unlock_shared(k)"
                                                + " FROM (SELECT ((classid::bigint << 32) | objid::bigint) k"
                                                + " FROM pg_locks WHERE pid = pg_backend_pid()"
                                                + " AND locktype = 'advisory'"
                                                + " AND objsubid = 1) l; RETURN ARRAY['appended'")
                                .andThen(sql ->
                                        changed(sql, "pg_advisory_xact_lock_shared", "pg_advisory_lock_shared"))),
                Arguments.of("readers read the locks before the sequence", "R__03_horizon.sql", (UnaryOperator<String>)
                        OrderOfEventsTest::registeredFirst),
                Arguments.of("the sequence has a cache", "R__03_horizon.sql", (UnaryOperator<String>)
                        sql -> "ALTER SEQUENCE diptych.event_position CACHE 20;" + sql));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFunctions")
    void a_function_that_breaks_a_clause_is_detected(
            String clause, String file, java.util.function.Function<String, String> change) throws Exception {
        String sql = Sql.of(Database.class, "migration/events/" + file);
        on.execute(change.apply(sql));
        assertDetected(clause, throughTheStore(on.store()));
    }

    private void assertDetected(String clause, Reader reader) throws Exception {
        assertThat(Interleavings.of(on, reader, PAGE_SIZES).isClean())
                .as("no fault is detected when " + clause)
                .isFalse();
    }

    /** Correct but slow: others draw positions after this writer has read the sequence, so the horizon moves back. */
    private static String waitingToRegister(String wait) {
        String key = "(17481::bigint << 48) | coalesce(pg_sequence_last_value('diptych.event_position'), 0)";
        String sql = Sql.of(Database.class, "migration/events/R__02_append.sql");
        return changed(sql, key + ");", "k) FROM (SELECT " + key + " AS k, " + wait + " OFFSET 0) AS slow;");
    }

    /** Correct but slow: others draw positions and commit after the sequence and before the locks are read. */
    private static String waitingBetweenReads() {
        String sql = Sql.of(Database.class, "migration/events/R__03_horizon.sql");
        return changed(sql, "    SELECT min(", "    PERFORM " + Interleavings.READERS_GATE + ";\n    SELECT min(");
    }

    private static UnaryOperator<String> change(String from, String to) {
        return sql -> changed(sql, from, to);
    }

    private static String changed(String sql, String from, String to) {
        assertThat(sql).as("the text to replace").contains(from);
        return sql.replace(from, to);
    }

    private static String registerAfterDrawing(String sql) {
        int from = sql.indexOf("        registered := pg_advisory_xact_lock_shared(");
        int to = sql.indexOf("        INSERT INTO diptych.events");
        int end = sql.indexOf("    END IF;", to);
        assertThat(from).isPositive().isLessThan(to);
        String between = "        PERFORM " + Interleavings.WRITERS_GATE + ";\n";
        return sql.substring(0, from) + sql.substring(to, end) + between + sql.substring(from, to) + sql.substring(end);
    }

    private static String registeredFirst(String sql) {
        String drawn = "    drawn := coalesce(pg_sequence_last_value('diptych.event_position'), 0);\n";
        String without = changed(sql, drawn, "");
        return changed(
                without,
                "    RETURN least",
                "    PERFORM " + Interleavings.READERS_GATE + ";\n" + drawn + "    RETURN least");
    }

    // Readers

    private static Reader throughTheStore(EventStore store) {
        return (after, limit) -> {
            EventPage page = store.readAll(after, limit);
            List<Long> positions =
                    page.events().stream().map(RecordedEvent::position).toList();
            return new Page(positions, positions.isEmpty() ? after : positions.getLast());
        };
    }

    private static Reader naive(TestDatabase database) {
        return (after, limit) -> {
            List<Long> positions = positions(database, after, Long.MAX_VALUE, limit);
            return new Page(positions, positions.isEmpty() ? after : positions.getLast());
        };
    }

    private static Reader falling(TestDatabase database) {
        return (after, limit) -> {
            long horizon = horizon(database);
            List<Long> positions = positions(database, after, horizon, limit);
            return new Page(positions, positions.size() == limit ? positions.getLast() : horizon);
        };
    }

    private static Reader jumping(TestDatabase database) {
        return (after, limit) -> {
            long horizon = Math.max(after, horizon(database));
            return new Page(positions(database, after, horizon, limit), horizon);
        };
    }

    private static Reader inOneStatement(TestDatabase database) {
        return (after, limit) -> {
            List<Long[]> rows = database.database()
                    .list(
                            "WITH h AS MATERIALIZED (SELECT " + Interleavings.READERS_GATE
                                    + ", diptych.horizon() AS horizon)"
                                    + " SELECT h.horizon, e.position FROM h LEFT JOIN diptych.events e"
                                    + " ON e.position > ? AND e.position <= h.horizon ORDER BY e.position LIMIT ?",
                            statement -> {
                                statement.setLong(1, after);
                                statement.setInt(2, limit);
                            },
                            row -> new Long[] {row.getLong(1), row.getObject(2, Long.class)});
            List<Long> positions = rows.stream()
                    .filter(row -> row[1] != null)
                    .map(row -> row[1])
                    .toList();
            long horizon = Math.max(after, rows.getFirst()[0]);
            return new Page(positions, positions.size() == limit ? positions.getLast() : horizon);
        };
    }

    private static long horizon(TestDatabase database) {
        return database.database()
                .find("SELECT diptych.horizon()", s -> {}, row -> row.getLong(1))
                .orElseThrow();
    }

    private static List<Long> positions(TestDatabase database, long after, long through, int limit) {
        return database.database()
                .list(
                        "SELECT position FROM diptych.events WHERE position > ? AND position <= ?"
                                + " ORDER BY position LIMIT ?",
                        statement -> {
                            statement.setLong(1, after);
                            statement.setLong(2, through);
                            statement.setInt(3, limit);
                        },
                        row -> row.getLong(1));
    }
}

package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.api.support.TestPostgres;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.PostgresSchema.Component;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations while other sessions use the tables, and while other nodes migrate. */
class MigrationsTest {

    private static final String BUILDING = "query LIKE '%CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'";
    private static final String INDEX_STATE =
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('diptych.events_by_type')";

    @Test
    @Tag("full")
    void a_migration_can_exceed_the_timeout_of_idle_transactions() {
        String database = TestPostgres.freshDatabase();
        Migrations.run(TestPostgres.owner(database), List.of(new Component("slow", 1)));
        assertThat(TestPostgres.query(database, "SELECT to_regclass('diptych.slow') IS NOT NULL"))
                .containsExactly("t");
    }

    /** A dump or a report locks a table in share mode until it ends. */
    @Test
    @Tag("full")
    void a_migration_that_cannot_lock_a_table_blocks_no_session_and_retries() throws Exception {
        String database = TestPostgres.freshDatabase();
        var owner = TestPostgres.owner(database);
        String made = "SELECT to_regclass('diptych.greedy') IS NOT NULL";
        List<Component> greedy = List.of(new Component("greedy", 1));
        Thread migrating;
        try (Connection report = PostgresPool.unpooled(owner).getConnection();
                Connection reader = PostgresPool.unpooled(owner).getConnection();
                var reading = report.createStatement()) {
            report.setAutoCommit(false);
            reading.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            reading.execute("SELECT count(*) FROM diptych.events");

            assertThatThrownBy(() -> Migrations.run(owner, greedy, 1))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(
                            "lock timeout; other sessions, such as a dump, have locked a table for minutes");
            migrating = Thread.ofPlatform().start(() -> Migrations.run(owner, greedy));
            for (int time = 0; time < 2; time++) { // each time that it comes back
                Waiting.until(
                        "the migration waits for the table",
                        () -> TestPostgres.query(
                                        database,
                                        "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT"
                                                + " granted"
                                                + " AND relation = 'diptych.events'::regclass")
                                .contains("1"));
                try (var statement = reader.createStatement()) { // ends although the report still has the table
                    statement.setQueryTimeout((int) Waiting.PATIENCE.toSeconds());
                    statement.execute("SELECT count(*) FROM diptych.events");
                }
            }
            assertThat(TestPostgres.query(database, made)).containsExactly("f");
            report.commit();
        }
        assertThat(migrating.join(Waiting.PATIENCE)).isTrue();
        assertThat(TestPostgres.query(database, made)).containsExactly("t");
    }

    /** The test holds the second lock of the migration, and then waits for its first. */
    @Test
    void a_deadlock_is_retried() throws Exception {
        String database = TestPostgres.freshDatabase();
        var owner = TestPostgres.owner(database);
        assertThatThrownBy(() -> migrateIntoDeadlock(database, 1))
                .hasRootCauseInstanceOf(SQLException.class)
                .rootCause()
                .extracting(cause -> ((SQLException) cause).getSQLState())
                .isEqualTo("40P01");
        migrateIntoDeadlock(database, 3);
        assertThat(TestPostgres.query(database, "SELECT to_regclass('diptych.deadlock') IS NOT NULL"))
                .containsExactly("t");
        Migrations.run(owner, List.of(new Component("deadlock", 1))); // and is recorded
    }

    private static void migrateIntoDeadlock(String database, int attempts) throws Exception {
        var owner = TestPostgres.owner(database);
        try (Connection projector = PostgresPool.unpooled(owner).getConnection();
                Statement statement = projector.createStatement()) {
            projector.setAutoCommit(false);
            statement.execute("SET LOCAL deadlock_timeout = '10min'"); // the migration notices the deadlock, not this
            statement.execute("LOCK TABLE diptych.leases IN ROW EXCLUSIVE MODE");
            FutureTask<Void> migrating =
                    started(() -> Migrations.run(owner, List.of(new Component("deadlock", 1)), attempts));
            awaitSession(database, "the migration has locked its first table", "query LIKE '%waits for the test%'");
            statement.execute("LOCK TABLE diptych.checkpoints IN ROW EXCLUSIVE MODE");
            projector.commit();
            join(migrating);
        }
    }

    /** The open transaction lasts longer than the lock timeout of a migration. */
    @Test
    @Tag("full")
    void an_index_is_built_concurrently_while_events_are_appended_and_by_one_node_only() throws Exception {
        String database = TestPostgres.freshDatabase();
        var owner = TestPostgres.owner(database);
        List<Component> concurrent = List.of(new Component("concurrent", 1));
        List<FutureTask<Void>> nodes;
        try (Connection writer = session(owner);
                Statement append = writer.createStatement()) {
            writer.setAutoCommit(false);
            append.execute(append("held"));
            nodes = List.of(
                    started(() -> Migrations.run(owner, concurrent)), started(() -> Migrations.run(owner, concurrent)));
            awaitSession(
                    database,
                    "the index waits for the transaction",
                    BUILDING + " AND now() - query_start > interval '2500 ms'");
            TestPostgres.execute(append("meanwhile"), database); // does not wait for the build
            writer.commit();
        }
        for (FutureTask<Void> node : nodes) {
            join(node);
        }
        assertThat(TestPostgres.query(database, INDEX_STATE)).containsExactly("t");
        assertThat(TestPostgres.query(database, "SELECT success FROM diptych.flyway_concurrent WHERE version = '1'"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
    void an_invalid_index_of_an_interrupted_build_is_replaced(String interrupt) throws Exception {
        String database = TestPostgres.freshDatabase();
        var owner = TestPostgres.owner(database);
        List<Component> concurrent = List.of(new Component("concurrent", 1));
        try (Connection writer = session(owner);
                Statement append = writer.createStatement()) {
            writer.setAutoCommit(false);
            append.execute(append("held"));
            FutureTask<Void> migrating = started(() -> Migrations.run(owner, concurrent));
            awaitSession(database, "the index waits for the transaction", BUILDING);
            TestPostgres.query(database, "SELECT " + interrupt + "(pid) FROM pg_stat_activity WHERE " + BUILDING);
            assertThatThrownBy(() -> join(migrating)).isInstanceOf(StoreUnavailableException.class);
            writer.rollback();
        }
        assertThat(TestPostgres.query(database, INDEX_STATE)).containsExactly("f");

        join(started(() -> Migrations.run(owner, concurrent)));
        assertThat(TestPostgres.query(database, INDEX_STATE)).containsExactly("t");
    }

    /** Acts as a node of the old version that restarts during an upgrade. */
    @Test
    void a_component_that_a_newer_version_has_migrated_is_left_as_it_is() {
        String database = TestPostgres.freshDatabase();
        TestPostgres.execute("UPDATE diptych.schema_version SET version = version + 1", database);
        TestPostgres.execute("UPDATE diptych.flyway_events SET checksum = 0 WHERE version IS NULL", database);
        String applied = "SELECT count(*) FROM diptych.flyway_events";
        List<String> before = TestPostgres.query(database, applied);

        TestPostgres.open(database).close();
        assertThat(TestPostgres.query(database, applied)).isEqualTo(before);

        TestPostgres.execute("UPDATE diptych.schema_version SET version = version - 1", database);
        TestPostgres.open(database).close();
        assertThat(TestPostgres.query(database, applied)).isNotEqualTo(before);
    }

    @Test
    void a_node_does_not_wait_for_a_migration_to_a_newer_schema() throws Exception {
        String database = TestPostgres.freshDatabase();
        var owner = TestPostgres.owner(database);
        FutureTask<Void> older;
        try (Connection newer = PostgresPool.unpooled(owner).getConnection()) {
            assertThat(PostgresSchema.tryLock(newer)).isTrue();
            join(started(() -> TestPostgres.open(database).close()));

            older = started(() -> Migrations.run(owner, List.of(new Component("concurrent", 1))));
            awaitSession(
                    database,
                    "a node with an older schema has asked for the lock, and has asked again",
                    "query LIKE '%pg_try_advisory_lock(17485)%' AND query_start > backend_start + interval '500 ms'"
                            + " AND pid <> (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 17485)");
            assertThat(older.isDone()).isFalse();
        }
        join(older);
        assertThat(TestPostgres.query(database, INDEX_STATE)).containsExactly("t");
    }

    /** A newer version was interrupted after a new repeatable migration; and a version may omit one. */
    @Test
    void unknown_migrations_are_ignored() {
        String database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                "INSERT INTO diptych.flyway_events (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) VALUES"
                        + " (900, '900', 'newer', 'SQL', 'V900__newer.sql', 1, 'me', 1, true),"
                        + " (901, NULL, '98 newer', 'SQL', 'R__98_newer.sql', 1, 'me', 1, true)",
                database);
        TestPostgres.open(database).close();
    }

    /** Opens a session without a timeout for idle transactions. */
    private static Connection session(Settings owner) throws SQLException {
        return PostgresPool.forMigrations(owner).getConnection();
    }

    private static String append(String stream) {
        return "SELECT diptych.append(true, 'order-" + stream + "', 'any', NULL, true, NULL, NULL, 'order-shipped', 1,"
                + " '{}', '{}', NULL, NULL, NULL, NULL)";
    }

    private static void awaitSession(String database, String description, String condition) {
        Waiting.until(
                description,
                () -> TestPostgres.query(
                                database,
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND pid <> pg_backend_pid() AND " + condition)
                        .contains("1"));
    }

    private static FutureTask<Void> started(Runnable work) {
        var task = new FutureTask<Void>(work, null);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** Waits until the task has ended, and rethrows its exception. */
    private static void join(FutureTask<Void> task) throws Exception {
        try {
            task.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }
}

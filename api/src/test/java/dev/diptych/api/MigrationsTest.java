package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresSchema.Component;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Migrations of large tables. */
class MigrationsTest {

    @Test
    @Tag("full")
    void a_migration_may_take_longer_than_a_transaction_may_otherwise_be_idle() {
        String database = TestPostgres.freshDatabase();
        Migrations.run(TestPostgres.owner(database), List.of(new Component("slow", 1)));
        assertThat(TestPostgres.query(database, "SELECT to_regclass('diptych.slow') IS NOT NULL"))
                .containsExactly("t");
    }

    /** A dump or a report holds a table as a reader does, for as long as it takes. */
    @Test
    @Tag("full")
    void while_a_table_is_in_use_a_migration_that_needs_it_for_itself_holds_up_nobody_else_and_tries_again()
            throws Exception {
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

            migrating = Thread.ofPlatform().start(() -> Migrations.run(owner, greedy));
            for (int time = 0; time < 2; time++) { // each time that it comes back
                Waiting.until(
                        "the migration waits for the table",
                        () -> TestPostgres.query(
                                        database,
                                        "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted"
                                                + " AND relation = 'diptych.events'::regclass")
                                .contains("1"));
                try (var statement = reader.createStatement()) { // ends although the report still has the table
                    statement.setQueryTimeout((int) Waiting.PATIENCE.toSeconds());
                    statement.execute("SELECT count(*) FROM diptych.events");
                }
            }
            assertThat(TestPostgres.query(database, made)).containsExactly("f");
            assertThatThrownBy(() -> Migrations.run(owner, greedy, 1))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("lock timeout; somebody has been using a table for minutes, as a dump does");
            report.commit();
        }
        assertThat(migrating.join(Waiting.PATIENCE)).isTrue();
        assertThat(TestPostgres.query(database, made)).containsExactly("t");
    }
}

package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.PostgresSchema.Component;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The migrations, and the error when they have not run. */
class SchemaTest {

    @Test
    void a_database_without_the_schema_is_rejected() {
        try (TestDatabase empty = TestServer.newest().empty()) {
            assertThatThrownBy(() ->
                            PostgresSchema.require(Database.ofReader(empty.source()), List.of(PostgresSchema.EVENTS)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The database's schema is older than this program: events is at version 0, but "
                            + PostgresSchema.EVENTS.version() + " is needed. Run the migrations in"
                            + " dev/diptych/store/postgres/migration/events, or start one node with the right to"
                            + " migrate.");
        }
    }

    @Test
    void a_missing_privilege_is_not_reported_as_an_old_schema() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute("DO $$ BEGIN CREATE ROLE diptych_test_unprivileged LOGIN PASSWORD 'diptych';"
                    + " EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            var unprivileged = new PGSimpleDataSource();
            unprivileged.setURL(on.url());
            unprivileged.setUser("diptych_test_unprivileged");
            unprivileged.setPassword("diptych");
            assertThatThrownBy(() ->
                            PostgresSchema.require(Database.ofReader(unprivileged), List.of(PostgresSchema.EVENTS)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("permission denied for schema diptych");
        }
    }

    @Test
    void an_older_schema_is_rejected_and_a_newer_one_is_accepted() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            int version = PostgresSchema.EVENTS.version();
            PostgresSchema.require(on.database(), List.of(PostgresSchema.EVENTS));
            assertThatNoException()
                    .isThrownBy(
                            () -> PostgresSchema.require(on.database(), List.of(new Component("events", version - 1))));
            assertThatThrownBy(
                            () -> PostgresSchema.require(on.database(), List.of(new Component("events", version + 1))))
                    .hasMessageContaining("events is at version " + version);
        }
    }

    @Test
    void migrating_again_changes_nothing() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            List<String> before = on.query("SELECT script FROM diptych.flyway_events ORDER BY installed_rank");
            TestServer.newest().migrate(on.name(), "events");
            assertThat(on.query("SELECT script FROM diptych.flyway_events ORDER BY installed_rank"))
                    .isEqualTo(before)
                    .contains("V1__tables.sql", "R__02_append.sql");
        }
    }

    @Test
    void the_columns_of_events_exist_and_the_sequence_has_no_cache() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            assertThat(on.query("SELECT column_name FROM information_schema.columns WHERE table_schema = 'diptych'"
                            + " AND table_name = 'events'"))
                    .contains("position", "stream_name", "version", "type", "payload", "metadata", "recorded_at");
            assertThat(on.query("SELECT cache_size FROM pg_sequences WHERE schemaname = 'diptych'"))
                    .containsExactly("1");
        }
    }

    @Test
    void an_upgrade_moves_checkpoints_back_to_an_event_unless_they_are_ahead() {
        String migration = Sql.of(Database.class, "migration/events/V9__histories.sql");
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.store()
                    .append(
                            new StreamName("lamp"),
                            ExpectedVersion.noStream(),
                            List.of(new NewEvent("lit", 1, "{}", "{}")));
            on.execute(
                    "SELECT nextval('diptych.event_position')",
                    "INSERT INTO diptych.checkpoints VALUES ('ahead', 9), ('drawn', 2), ('event', 1), ('new', 0)",
                    migration.substring(migration.indexOf("UPDATE diptych.checkpoints")));
            assertThat(on.query("SELECT projection || ' ' || position FROM diptych.checkpoints ORDER BY projection"))
                    .containsExactly("ahead 9", "drawn 1", "event 1", "new 0");
        }
    }
}

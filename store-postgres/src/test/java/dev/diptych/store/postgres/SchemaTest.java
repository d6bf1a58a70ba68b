package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.store.postgres.PostgresSchema.Component;
import dev.diptych.store.postgres.readmodels.Contexts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
    void a_schema_of_before_the_first_release_is_rejected() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute("UPDATE diptych.schema_version SET version = 9 WHERE component = 'events'");
            assertThatThrownBy(() -> PostgresSchema.require(on.database(), List.of(PostgresSchema.EVENTS)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "The database's schema is of before the first release: events is at version 9."
                                    + " It cannot be upgraded.");
        }
    }

    /** A node of the old version that restarts during an upgrade finds other checksums, and would replace functions. */
    @Test
    void older_migrations_change_nothing_in_a_newer_schema() {
        String horizon = "SELECT prosrc FROM pg_proc WHERE oid = 'diptych.horizon'::regproc";
        try (TestDatabase on = TestServer.newest().fresh()) {
            on.execute(
                    "UPDATE diptych.schema_version SET version = version + 1",
                    "UPDATE diptych.flyway_events SET checksum = 0 WHERE version IS NULL",
                    "CREATE OR REPLACE FUNCTION diptych.horizon() RETURNS bigint LANGUAGE sql AS 'SELECT 0'");
            assertThatThrownBy(() -> TestServer.newest().migrate(on.name(), "events"))
                    .hasMessageContaining("The schema of events is at version " + (PostgresSchema.EVENTS.version() + 1)
                            + ", and these migrations are of version " + PostgresSchema.EVENTS.version());
            assertThat(on.query(horizon)).containsExactly("SELECT 0");
        }
    }

    /** Otherwise, a node would take the schema of its own version for an older or a newer one. */
    @Test
    void the_versions_in_SQL_are_those_in_Java() {
        try (TestDatabase on = Contexts.fresh()) {
            Stream.concat(Stream.of(PostgresSchema.EVENTS), Contexts.SCHEMAS.stream())
                    .forEach(component -> {
                        int version = component.version();
                        assertThat(isUpToDate(on, component, version)).isTrue();
                        assertThat(isUpToDate(on, component, version + 1)).isFalse();
                        assertThat(isNewer(on, component, version)).isFalse();
                        assertThat(isNewer(on, component, version - 1)).isTrue();
                    });
        }
    }

    private static boolean isUpToDate(TestDatabase on, Component component, int version) {
        return PostgresSchema.isUpToDate(on.database(), List.of(new Component(component.name(), version)));
    }

    private static boolean isNewer(TestDatabase on, Component component, int version) {
        return PostgresSchema.isNewer(on.database(), new Component(component.name(), version));
    }

    @Test
    void the_recorded_version_never_decreases() {
        try (TestDatabase on = Contexts.fresh()) {
            on.execute("UPDATE diptych.schema_version SET version = 99");
            on.execute(Sql.of(Database.class, "migration/events/R__99_version.sql"));
            for (String context : Contexts.names()) {
                on.execute(Sql.of(Database.class, "migration/" + context + "/R__99_version.sql"));
            }
            assertThat(on.query("SELECT DISTINCT version FROM diptych.schema_version"))
                    .containsExactly("99");
        }
    }
}

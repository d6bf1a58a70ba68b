package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.store.postgres.PostgresSchema.Component;
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
}

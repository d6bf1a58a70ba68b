package dev.diptych.api;

import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema.Component;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date. Several nodes may do so at once: one works, the others wait for it, for up to an hour. */
final class Migrations {

    /** A migration may have to go through a large table. */
    private static final Duration LONGEST_STATEMENT = Duration.ofHours(1);

    private Migrations() {}

    /**
     * Runs what has not run yet, folder by folder, each with a history of its own, so that a folder can be left out.
     *
     * @throws IllegalStateException when a migration fails; those before it have run
     */
    static void run(Settings owner, List<Component> components) {
        DataSource source = PostgresPool.patient(owner.withBounds(owner.connecting(), LONGEST_STATEMENT));
        try {
            for (Component component : components) {
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:" + component.location())
                        .schemas("diptych")
                        .table("flyway_" + component.name())
                        // The folder before has filled the schema; this one begins at its beginning all the same.
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .lockRetryCount((int) LONGEST_STATEMENT.toSeconds()) // one try a second
                        .load()
                        .migrate();
            }
        } catch (FlywayException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new StoreUnavailableException(
                    "the database could not be migrated as " + owner + ": " + root.getMessage(), false, e);
        }
    }
}

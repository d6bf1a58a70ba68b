package dev.diptych.api;

import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema.Component;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date. Several nodes may do so at once: one works, the others wait for it, for up to an hour. A
 * migration that needs a table for itself does not queue for it behind a long report or a dump, since everybody else would queue
 * behind the migration: it steps back, and tries again.
 */
final class Migrations {

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    /** A migration may have to go through a large table. */
    private static final Duration LONGEST_STATEMENT = Duration.ofHours(1);

    /** SQLSTATE lock_not_available (PostgreSQL's manual, appendix A). */
    private static final String TABLE_IN_USE = "55P03";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);

    /** Five minutes or so. */
    private static final int ATTEMPTS = 14;

    private Migrations() {}

    /**
     * Runs what has not run yet, folder by folder, each with a history of its own, so that a folder can be left out.
     *
     * @throws StoreUnavailableException when a migration fails; those before it have run
     */
    static void run(Settings owner, List<Component> components) {
        run(owner, components, ATTEMPTS);
    }

    /** The same with a number of attempts to get hold of a table. */
    static void run(Settings owner, List<Component> components, int attempts) {
        DataSource source = PostgresPool.forMigrations(owner.withTimeouts(owner.connectTimeout(), LONGEST_STATEMENT));
        try {
            for (Component component : components) {
                migrate(source, component, attempts);
            }
        } catch (FlywayException e) {
            String hint = isTableInUse(e)
                    ? "; somebody has been using a table for minutes, as a dump does: start again when that has ended"
                    : "";
            throw new StoreUnavailableException(
                    "the database could not be migrated as " + owner + ": " + root(e).getMessage() + hint, false, e);
        }
    }

    private static void migrate(DataSource source, Component component, int attempts) {
        Flyway flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + component.location())
                .schemas("diptych")
                .table("flyway_" + component.name())
                // The folder before has filled the schema; this one begins at its beginning all the same.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .lockRetryCount((int) LONGEST_STATEMENT.toSeconds()) // one try a second
                .load();
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!isTableInUse(e) || attempt == attempts) {
                    throw e;
                }
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "A table that a migration of " + component.name() + " changes is in use; trying again in " + pause);
            rest(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    private static boolean isTableInUse(FlywayException e) {
        return root(e) instanceof SQLException reason && TABLE_IN_USE.equals(reason.getSQLState());
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting to migrate", false, e);
        }
    }
}

package dev.diptych.api.launch;

import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.PostgresSchema.Component;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Brings the schema up to date with Flyway. One node migrates at a time. The others wait for it, for up to an hour,
 * unless the schema is new enough for them.
 *
 * <p>A migration that cannot lock a table within 2 seconds, or is chosen as the victim of a deadlock, is rolled back
 * and tried again later: all other sessions that use the table would queue behind it.
 */
public final class Migrations {

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    /** Enough to read or rewrite a large table. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofHours(1);

    private static final Duration LOCK_WAIT = Duration.ofHours(1);

    /** SQLSTATEs lock_not_available and deadlock_detected. */
    private static final Set<String> TABLE_IN_USE = Set.of("55P03", "40P01");

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);

    /** About five minutes. */
    private static final int ATTEMPTS = 14;

    private Migrations() {}

    /**
     * Runs the pending migrations of each component. A component that a newer version of the program has migrated is
     * left as it is.
     *
     * @throws IllegalStateException under the conditions of {@link PostgresSchema#requireUpgradable}
     * @throws StoreUnavailableException when a migration fails; those before it have run
     */
    public static void run(Settings owner, List<Component> components) {
        run(owner, components, ATTEMPTS);
    }

    /** Runs the pending migrations, with another number of attempts for a table that is in use. */
    public static void run(Settings owner, List<Component> components, int attempts) {
        DataSource source = PostgresPool.forMigrations(owner.withTimeouts(owner.connectTimeout(), STATEMENT_TIMEOUT));
        try (Connection session = source.getConnection()) {
            Database database = Database.ofReader(source);
            PostgresSchema.requireUpgradable(database);
            if (lock(session, database, components)) {
                for (Component component : components) {
                    migrate(source, database, component, attempts);
                }
            }
        } catch (SQLException | FlywayException e) {
            String hint = isTableInUse(e)
                    ? "; other sessions, such as a dump, have locked a table for minutes: start again when they have"
                            + " ended"
                    : "";
            throw new StoreUnavailableException(
                    "cannot migrate the database as " + owner + ": "
                            + rootCause(e).getMessage() + hint,
                    false,
                    e);
        }
    }

    /** Returns false if the lock is not needed: another node has it, and the schema is new enough for this one. */
    private static boolean lock(Connection session, Database database, List<Component> components) throws SQLException {
        long begin = System.nanoTime();
        for (boolean first = true; !PostgresSchema.tryLock(session); first = false) {
            if (PostgresSchema.isUpToDate(database, components)) {
                warn("Another node is migrating the database. The schema is recent enough for this node; starting");
                return false;
            }
            if (System.nanoTime() - begin > LOCK_WAIT.toNanos()) {
                throw new StoreUnavailableException(
                        "another node has been migrating the database for " + LOCK_WAIT.toMinutes()
                                + " minutes; start again when it has finished",
                        false,
                        null);
            }
            if (first) {
                warn("Another node is migrating the database; waiting for it");
            }
            pause(FIRST_PAUSE);
        }
        return true;
    }

    private static void migrate(DataSource source, Database database, Component component, int attempts) {
        if (PostgresSchema.isNewer(database, component)) {
            warn("A newer version of the program has migrated " + component.name() + "; no migration is needed");
            return;
        }
        Flyway flyway = flyway(source, component);
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayValidateException e) {
                if (attempt > attempts || !removeFailed(flyway)) {
                    throw e;
                }
            } catch (FlywayException e) {
                if (!isTableInUse(e) || attempt >= attempts) {
                    throw e;
                }
                warn("A migration of " + component.name() + " cannot lock a table that is in use; trying again in "
                        + pause);
                pause(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
        }
    }

    private static Flyway flyway(DataSource source, Component component) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + component.location())
                .schemas("diptych")
                .table("flyway_" + component.name())
                // All components share the schema: for the second one it is not empty, and its history begins at 0.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // A newer version may have been interrupted, and a file of functions may be gone with its functions.
                .ignoreMigrationPatterns("*:future", "repeatable:missing");
        // CREATE INDEX CONCURRENTLY would wait for the transaction that otherwise holds Flyway's lock.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return flyway.load();
    }

    /**
     * Makes Flyway run failed migrations again. Flyway records a failure only of a migration outside a transaction,
     * which removes what it left behind by itself.
     */
    private static boolean removeFailed(Flyway flyway) {
        boolean failed = Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getState().isFailed());
        if (failed) {
            flyway.repair();
        }
        return failed;
    }

    private static boolean isTableInUse(Throwable e) {
        return rootCause(e) instanceof SQLException reason && TABLE_IN_USE.contains(reason.getSQLState());
    }

    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }

    private static void warn(String message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting to migrate", false, e);
        }
    }
}

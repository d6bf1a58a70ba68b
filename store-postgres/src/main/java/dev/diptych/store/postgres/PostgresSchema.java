package dev.diptych.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The schema versions that this program requires, and the lock for those who migrate. */
public final class PostgresSchema {

    private static final String VERSION = Sql.of(PostgresSchema.class, "schema-version.sql");
    private static final String PRIVILEGES = Sql.of(PostgresSchema.class, "role-privileges.sql");
    private static final String LOCK = Sql.of(PostgresSchema.class, "lock-migrations.sql");

    /** The migrations of the event store itself. */
    public static final Component EVENTS = new Component("events", 13);

    /** Lower versions of {@link #EVENTS} are of schemas before the first release. */
    private static final int FIRST_RELEASE = 12;

    /** SQLSTATE of a missing table; also reported when the schema is missing. */
    private static final String UNDEFINED_TABLE = "42P01";

    private PostgresSchema() {}

    /**
     * A folder of migrations.
     *
     * @param name the name of the folder, and of the component in {@code diptych.schema_version}
     * @param version the minimum version; the last migration of the folder records it
     */
    public record Component(String name, int version) {

        /** The folder's location on the class path. */
        public String location() {
            return "dev/diptych/store/postgres/migration/" + name;
        }
    }

    /**
     * Checks that the user has the privileges of the role, and that all required migrations have run. Newer versions
     * are accepted. The database may be a standby.
     *
     * @throws IllegalStateException when a privilege is missing, when a component is older than required, and under the
     *     conditions of {@link #requireUpgradable}; the message names the role or the component, and the remedy
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database is unavailable
     */
    public static void require(Database database, List<Component> components) {
        Database here = database.withoutHistory();
        requirePrivileges(here, database.role());
        requireUpgradable(here);
        for (Component component : components) {
            int version = version(here, component);
            if (version < component.version()) {
                throw new IllegalStateException("The database's schema is older than this program: " + component.name()
                        + " is at version " + version + ", but " + component.version()
                        + " is needed. Run the migrations in " + component.location()
                        + ", or start one node with the right to migrate.");
            }
        }
    }

    /**
     * Checks that the database is empty, or was made by a release.
     *
     * @throws IllegalStateException when its schema is of before the first release
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database is unavailable
     */
    public static void requireUpgradable(Database database) {
        int version = version(database, EVENTS);
        if (version > 0 && version < FIRST_RELEASE) {
            throw new IllegalStateException(
                    "The database's schema is of before the first release: events is at version "
                            + version
                            + ". It cannot be upgraded. Use an empty database, or drop the schema diptych and all that"
                            + " is in it.");
        }
    }

    private static void requirePrivileges(Database database, String role) {
        database.find(
                        PRIVILEGES,
                        statement -> statement.setString(1, role),
                        row -> "The user " + row.getString(1) + " does not have the privileges of the role " + role
                                + ". Run as an administrator in this database: "
                                + String.join("; ", (String[]) row.getArray(2).getArray()))
                .ifPresent(lack -> {
                    throw new IllegalStateException(lack);
                });
    }

    /** Whether no required migration is missing. */
    public static boolean isUpToDate(Database database, List<Component> components) {
        return components.stream().allMatch(component -> version(database, component) >= component.version());
    }

    /** Whether a newer version of the program has migrated the component. */
    public static boolean isNewer(Database database, Component component) {
        return version(database, component) > component.version();
    }

    /**
     * Takes the lock of migrations for this session, unless another session has it. PostgreSQL releases it when the
     * connection is closed.
     */
    public static boolean tryLock(Connection session) throws SQLException {
        return Database.list(session, LOCK, statement -> {}, row -> row.getBoolean(1))
                .getFirst();
    }

    private static int version(Database database, Component component) {
        try {
            return database.find(VERSION, statement -> statement.setString(1, component.name()), row -> row.getInt(1))
                    .orElse(0);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof SQLException refused && UNDEFINED_TABLE.equals(refused.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }
}

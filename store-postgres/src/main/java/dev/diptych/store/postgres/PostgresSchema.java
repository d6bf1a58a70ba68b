package dev.diptych.store.postgres;

import java.sql.SQLException;
import java.util.List;

/** The schema versions that this program requires. */
public final class PostgresSchema {

    private static final String VERSION = Sql.of(PostgresSchema.class, "schema-version.sql");

    /** The migrations of the event store itself. */
    public static final Component EVENTS = new Component("events", 9);

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
     * Checks that all required migrations have run. Newer versions are accepted.
     *
     * @throws IllegalStateException when a component is older than required; the message names it
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database is unavailable
     */
    public static void require(Database database, List<Component> components) {
        for (Component component : components) {
            int version = version(database, component);
            if (version < component.version()) {
                throw new IllegalStateException("The database's schema is older than this program: " + component.name()
                        + " is at version " + version + ", but " + component.version()
                        + " is needed. Run the migrations in " + component.location()
                        + ", or start one node with the right to migrate.");
            }
        }
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

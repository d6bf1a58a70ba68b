package dev.diptych.store.postgres;

import java.sql.SQLException;
import java.util.List;

/** What the program needs to find in the database. */
public final class PostgresSchema {

    private static final String VERSION = Sql.of(PostgresSchema.class, "schema-version.sql");

    /** The migrations of the event store itself. */
    public static final Component EVENTS = new Component("events", 9);

    /** undefined_table, also when there is no such schema. */
    private static final String NO_SUCH_TABLE = "42P01";

    private PostgresSchema() {}

    /**
     * A folder of migrations.
     *
     * @param name of the folder, and of the component in {@code diptych.schema_version}
     * @param version what this program needs; the last migration of the folder writes it
     */
    public record Component(String name, int version) {

        /** Where the folder is on the class path. */
        public String location() {
            return "dev/diptych/store/postgres/migration/" + name;
        }
    }

    /**
     * Looks whether all migrations have run that this program needs. Newer ones do no harm.
     *
     * @throws IllegalStateException when one has not, with words that say which
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database cannot be asked
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
            if (e.getCause() instanceof SQLException refused && NO_SUCH_TABLE.equals(refused.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }
}

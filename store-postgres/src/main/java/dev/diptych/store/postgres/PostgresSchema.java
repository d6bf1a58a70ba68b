package dev.diptych.store.postgres;

import java.sql.SQLException;
import java.util.List;

/** What the program needs to find in the database. */
public final class PostgresSchema {

    private static final String VERSION = Sql.of(PostgresSchema.class, "schema-version.sql");
    private static final String IN_USE = Sql.of(PostgresSchema.class, "positions-in-use.sql");

    /** The migrations of the event store itself. */
    public static final Component EVENTS = new Component("events", 8);

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

    /**
     * Looks whether the next event will come after everything that was read so far. After a copy of the tables without
     * the state of their sequence it would not, and projections would pass it over.
     *
     * @param projector with the rights to read all events and checkpoints
     * @throws IllegalStateException when it would not, with words that say what to do
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database cannot be asked
     */
    public static void requirePositions(Database projector) {
        projector
                .find(IN_USE, statement -> {}, row -> new long[] {row.getLong("in_use"), row.getLong("drawn")})
                .filter(found -> found[0] > found[1])
                .ifPresent(found -> {
                    throw new IllegalStateException("The sequence diptych.event_position is at " + found[1]
                            + ", but position " + found[0]
                            + " is in use: projections would pass over what is appended now. Set it to the highest"
                            + " position in use, as after any copy of the tables.");
                });
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

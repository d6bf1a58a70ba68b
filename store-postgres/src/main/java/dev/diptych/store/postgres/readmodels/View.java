package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.query.Answer;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Database.Binder;
import dev.diptych.store.postgres.Database.RowReader;
import dev.diptych.store.postgres.Sql;
import java.util.List;
import java.util.Optional;

/**
 * A query on a read model. It returns rows together with the projection's checkpoint, in one round trip, from one
 * server and one snapshot. Immutable.
 *
 * @param <R> the rows
 */
public final class View<R> {

    private static final String WITH_CHECKPOINT = Sql.of(View.class, "with-checkpoint.sql");

    private final String statement;
    private final RowReader<R> reader;

    private View(String statement, RowReader<R> reader) {
        this.statement = statement;
        this.reader = reader;
    }

    /**
     * Creates a query from a file.
     *
     * @param home a class in the package of the file
     * @param file the file's name, such as {@code order-list.all.sql}; its statement reads the rows where
     *     {@code generation = c.generation}
     * @param projection the name of the projection
     */
    public static <R> View<R> of(Class<?> home, String file, String projection, RowReader<R> reader) {
        return new View<>(withCheckpoint(Sql.of(home, file), projection), reader);
    }

    /** Creates a query for the row with a key; see {@link #find}. */
    public static <R> View<R> byKey(RowTable<R> table, String projection) {
        return new View<>(withCheckpoint(table.findSql(), projection), table.reader());
    }

    /** Returns the statement extended by history, checkpoint and generation. */
    static String withCheckpoint(String statement, String projection) {
        if (!statement.contains("generation = c.generation")) {
            throw new IllegalArgumentException("A query must read rows where generation = c.generation: " + statement);
        }
        return WITH_CHECKPOINT.formatted(projection, statement);
    }

    private record ResultRow<R>(Place upTo, int generation, Optional<R> row) {}

    /**
     * Returns the rows of the statement, in its order.
     *
     * @throws StoreUnavailableException when the database is unavailable or too busy
     */
    public Answer<List<R>> list(Database database, Binder parameters) {
        List<ResultRow<R>> result = database.list(
                statement,
                parameters,
                row -> new ResultRow<>(
                        new Place(row.getString("history"), row.getLong("checkpoint")),
                        row.getInt("generation"),
                        row.getBoolean("there") ? Optional.of(reader.read(row)) : Optional.empty()));
        if (result.isEmpty()) {
            throw new StoreUnavailableException(
                    "The store has no history yet, because no writer or projector has connected to it", false, null);
        }
        return new Answer<>(
                result.stream().flatMap(each -> each.row().stream()).toList(),
                result.getFirst().upTo(),
                result.getFirst().generation());
    }

    /** Returns the row with a key, if any, for a query {@link #byKey}. */
    public Answer<Optional<R>> find(Database database, String key) {
        return list(database, statement -> statement.setString(1, key))
                .map(rows -> rows.stream().findFirst());
    }
}

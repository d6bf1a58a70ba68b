package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.query.Answer;
import dev.diptych.store.postgres.Database.Binder;
import dev.diptych.store.postgres.Database.RowReader;
import java.util.List;
import java.util.Optional;

/**
 * One way to ask for the rows of a view: a statement, which is sent together with the question how far the view is. So
 * rows and checkpoint come from one server and one moment, in one round trip. Immutable, and so safe for use by many
 * threads.
 *
 * @param <R> the rows
 */
public final class View<R> {

    private static final String ANSWER = Sql.of(View.class, "answer.sql");

    private final String statement;
    private final RowReader<R> reader;

    private View(String statement, RowReader<R> reader) {
        this.statement = statement;
        this.reader = reader;
    }

    /**
     * A way to ask.
     *
     * @param home the class beside which the statement is
     * @param file its name, such as {@code order-list.all.sql}
     * @param projection what makes the view
     */
    public static <R> View<R> of(Class<?> home, String file, String projection, RowReader<R> reader) {
        return new View<>(answering(Sql.of(home, file), projection), reader);
    }

    /** The way to ask for the row with a key. */
    public static <R> View<R> byKey(RowTable<R> table, String projection) {
        return new View<>(answering(table.loadFrom(table.name()), projection), table.reader());
    }

    /** What is sent for a statement. */
    static String answering(String statement, String projection) {
        return ANSWER.formatted(statement, projection);
    }

    private record Seen<R>(Place upTo, Optional<R> row) {}

    /**
     * The rows that the statement returns, in its order.
     *
     * @throws StoreUnavailableException when the database cannot be reached, or is too busy
     */
    public Answer<List<R>> ask(Database database, Binder parameters) {
        List<Seen<R>> seen = database.list(
                statement,
                parameters,
                row -> new Seen<>(
                        new Place(row.getString("history"), row.getLong("checkpoint")),
                        row.getBoolean("there") ? Optional.of(reader.read(row)) : Optional.empty()));
        if (seen.isEmpty()) {
            throw new StoreUnavailableException("The store has no history yet: no node has written to it", false, null);
        }
        return new Answer<>(
                seen.stream().flatMap(each -> each.row().stream()).toList(),
                seen.getFirst().upTo());
    }

    /** The row with this key, of a view {@link #byKey}. */
    public Answer<Optional<R>> find(Database database, String key) {
        return ask(database, statement -> SqlArray.set(statement, 1, "text", List.of(key), each -> each))
                .map(rows -> rows.stream().findFirst());
    }
}

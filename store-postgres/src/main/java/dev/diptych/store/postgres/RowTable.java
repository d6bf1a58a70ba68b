package dev.diptych.store.postgres;

import static java.util.stream.Collectors.joining;

import dev.diptych.store.postgres.Database.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one projection are kept in a table: its columns, and the statements that follow from them. Each
 * statement is for any number of rows: keys are one array, rows are one array for each column. The name of the table is
 * a parameter of each call, so that the same rows can be written to a second table with the same columns.
 *
 * <p>Immutable, and so safe for use by many threads.
 *
 * @param <R> the rows
 */
public final class RowTable<R> {

    private final String name;
    private final Function<R, String> key;
    private final RowReader<R> reader;
    private final List<Column<R>> columns;
    private final boolean adding;

    private RowTable(
            String name, Function<R, String> key, RowReader<R> reader, List<Column<R>> columns, boolean adding) {
        this.name = name;
        this.key = key;
        this.reader = reader;
        this.columns = columns;
        this.adding = adding;
    }

    /**
     * A table with one column, its primary key.
     *
     * @param <R> the rows
     * @param name the table's name in the schema {@code diptych}
     * @param keyColumn the column of the primary key, of type {@code text}
     * @param key the key under which the projection knows a row
     * @param reader reads a row by the names of its columns
     */
    public static <R> RowTable<R> named(String name, String keyColumn, Function<R, String> key, RowReader<R> reader) {
        return new RowTable<>(name, key, reader, List.of(new Column<>(keyColumn, "text", key::apply)), false);
    }

    /**
     * This table with one more column.
     *
     * @param type such as {@code text} or {@code int8}
     * @param value a {@link String} for {@code text} and {@code json}, an {@link Integer} for {@code int4}, a {@link
     *     Long} for {@code int8}, an {@link Instant} for {@code timestamptz}, anything that prints as PostgreSQL reads
     *     it for other types; null where the column may be null
     */
    public RowTable<R> column(String column, String type, Function<R, @Nullable Object> value) {
        List<Column<R>> more = new ArrayList<>(columns);
        more.add(new Column<>(column, type, value));
        return new RowTable<>(name, key, reader, List.copyOf(more), adding);
    }

    /**
     * This table with a statement of its own for rows that were not there when the batch began: in a long table it
     * takes less than the one that has to look. Only for a table into which nothing else writes: a row from elsewhere
     * would stop the projection.
     */
    public RowTable<R> adding() {
        return new RowTable<>(name, key, reader, columns, true);
    }

    String name() {
        return name;
    }

    RowReader<R> reader() {
        return reader;
    }

    /** The rows with some of the keys, by key. */
    Map<String, R> load(Connection connection, String table, Collection<String> keys) {
        try {
            List<R> rows = Database.list(
                    connection,
                    loadFrom(table),
                    statement -> SqlArray.set(statement, 1, "text", keys, each -> each),
                    reader);
            Map<String, R> byKey = new HashMap<>();
            rows.forEach(row -> byKey.put(key.apply(row), row));
            return byKey;
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /**
     * Writes rows.
     *
     * @param known the keys of those that are there
     */
    void save(Connection connection, String table, List<R> rows, Set<String> known) throws SQLException {
        if (!adding) {
            write(connection, saveTo(table), rows);
            return;
        }
        List<R> there = new ArrayList<>();
        List<R> missing = new ArrayList<>();
        rows.forEach(row -> (known.contains(key.apply(row)) ? there : missing).add(row));
        write(connection, saveTo(table), there);
        write(connection, addTo(table), missing);
    }

    private void write(Connection connection, String sql, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Database.change(connection, sql, statement -> {
            for (int i = 0; i < columns.size(); i++) {
                Column<R> column = columns.get(i);
                SqlArray.set(statement, i + 1, column.sentAs(), rows, column::sent);
            }
        });
    }

    void remove(Connection connection, String table, Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            Database.change(
                    connection, removeFrom(table), statement -> SqlArray.set(statement, 1, "text", keys, each -> each));
        }
    }

    void clear(Connection connection, String table) throws SQLException {
        Database.change(connection, clear(table), statement -> {});
    }

    /** Selects the rows whose keys are in an array. Served by the primary key. */
    String loadFrom(String table) {
        return "SELECT %s FROM diptych.%s WHERE %s = ANY (?)".formatted(each(Column::name), table, keyColumn());
    }

    /** Inserts rows that are not there. */
    String addTo(String table) {
        String names = each(Column::name);
        String arrays = each(Column::array);
        return """
                INSERT INTO diptych.%s (%s)
                SELECT %s
                  FROM unnest(%s) AS u (%s)""".formatted(table, names, each(Column::stored), arrays, names);
    }

    /** Inserts or replaces rows. Served by the primary key. */
    String saveTo(String table) {
        String changes = columns.stream()
                .skip(1) // the key
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(joining(", "));
        return "%s\n    ON CONFLICT (%s) DO UPDATE SET %s".formatted(addTo(table), keyColumn(), changes);
    }

    /** Deletes the rows whose keys are in an array. Served by the primary key. */
    String removeFrom(String table) {
        return "DELETE FROM diptych.%s WHERE %s = ANY (?)".formatted(table, keyColumn());
    }

    /** Deletes all rows. Reads the whole table. */
    String clear(String table) {
        return "DELETE FROM diptych." + table;
    }

    private String keyColumn() {
        return columns.getFirst().name();
    }

    private String each(Function<Column<R>, String> part) {
        return columns.stream().map(part).collect(joining(", "));
    }

    private record Column<R>(String name, String type, Function<R, @Nullable Object> value) {

        /**
         * The element type of the array: the driver sends arrays of {@code text}, {@code int4} and {@code int8} in
         * binary form, and any other as one text, in which each element has to be quoted. So JSON travels as text, and
         * times as microseconds since 1970.
         */
        String sentAs() {
            return switch (type) {
                case "json" -> "text";
                case "timestamptz" -> "int8";
                default -> type;
            };
        }

        @Nullable
        Object sent(R row) {
            Object given = value.apply(row);
            return given instanceof Instant time ? Columns.micros(time) : given;
        }

        String array() {
            return "?::" + sentAs() + "[]";
        }

        /** What is stored of an element. The time is exact up to the year 2255. */
        String stored() {
            return switch (type) {
                case "json" -> "u." + name + "::json";
                case "timestamptz" -> "timestamptz 'epoch' + u." + name + " * interval '1 microsecond'";
                default -> "u." + name;
            };
        }
    }
}

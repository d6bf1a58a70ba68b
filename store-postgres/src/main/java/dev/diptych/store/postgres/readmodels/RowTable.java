package dev.diptych.store.postgres.readmodels;

import static java.util.stream.Collectors.joining;

import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
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
 * Maps the rows of a projection to a table: its columns, and the statements derived from them. Each statement takes any
 * number of rows: the keys as one array, the rows as one array for each column. Each call names the table, so that rows
 * can also be written to a second table with the same columns. Immutable.
 *
 * @param <R> the rows
 */
public final class RowTable<R> {

    private final String name;
    private final Function<R, String> key;
    private final RowReader<R> reader;
    private final List<Column<R>> columns;
    private final boolean insertingNew;

    private RowTable(
            String name, Function<R, String> key, RowReader<R> reader, List<Column<R>> columns, boolean insertingNew) {
        this.name = name;
        this.key = key;
        this.reader = reader;
        this.columns = columns;
        this.insertingNew = insertingNew;
    }

    /**
     * Creates a mapping with one column, the primary key.
     *
     * @param <R> the rows
     * @param name the table's name in the schema {@code diptych}
     * @param keyColumn the primary key's column, of type {@code text}
     * @param key returns the projection's key of a row
     * @param reader reads a row by column names
     */
    public static <R> RowTable<R> named(String name, String keyColumn, Function<R, String> key, RowReader<R> reader) {
        return new RowTable<>(name, key, reader, List.of(new Column<>(keyColumn, "text", key::apply)), false);
    }

    /**
     * Returns this mapping with one more column.
     *
     * @param type a PostgreSQL type, such as {@code text} or {@code int8}
     * @param value a {@link String} for {@code text} and {@code json}, an {@link Integer} for {@code int4}, a {@link
     *     Long} for {@code int8}, an {@link Instant} for {@code timestamptz}; for other types, an object whose text
     *     PostgreSQL can parse; null if the column is nullable
     */
    public RowTable<R> column(String column, String type, Function<R, @Nullable Object> value) {
        List<Column<R>> more = new ArrayList<>(columns);
        more.add(new Column<>(column, type, value));
        return new RowTable<>(name, key, reader, List.copyOf(more), insertingNew);
    }

    /**
     * Returns this mapping with a plain {@code INSERT} for rows that did not exist when the batch began, which is
     * faster than an upsert in a large table. Only for tables that no other program writes to: an unexpected row would
     * make the batch fail.
     */
    public RowTable<R> insertingNew() {
        return new RowTable<>(name, key, reader, columns, true);
    }

    String name() {
        return name;
    }

    RowReader<R> reader() {
        return reader;
    }

    /** Returns rows by their keys. */
    Map<String, R> byKey(List<R> rows) {
        Map<String, R> byKey = new HashMap<>();
        rows.forEach(row -> byKey.put(key.apply(row), row));
        return byKey;
    }

    /**
     * Writes rows.
     *
     * @param known the keys of the rows that exist
     */
    void save(Connection connection, String table, List<R> rows, Set<String> known) throws SQLException {
        if (!insertingNew) {
            write(connection, upsertSql(table), rows);
            return;
        }
        List<R> existing = new ArrayList<>();
        List<R> added = new ArrayList<>();
        rows.forEach(row -> (known.contains(key.apply(row)) ? existing : added).add(row));
        write(connection, upsertSql(table), existing);
        write(connection, insertSql(table), added);
    }

    private void write(Connection connection, String sql, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Database.change(connection, sql, statement -> {
            for (int i = 0; i < columns.size(); i++) {
                Column<R> column = columns.get(i);
                Columns.setArray(statement, i + 1, column.sentAs(), rows, column::sent);
            }
        });
    }

    void remove(Connection connection, String table, Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            Database.change(
                    connection,
                    deleteSql(table),
                    statement -> Columns.setArray(statement, 1, "text", keys, each -> each));
        }
    }

    void clear(Connection connection, String table) throws SQLException {
        Database.change(connection, deleteAllSql(table), statement -> {});
    }

    /** Selects rows by an array of keys. Served by the primary key. */
    String selectSql(String table) {
        return "SELECT %s FROM diptych.%s WHERE %s = ANY (?)".formatted(each(Column::name), table, keyColumn());
    }

    /** Inserts rows that do not exist. */
    String insertSql(String table) {
        String names = each(Column::name);
        String arrays = each(Column::array);
        return """
                INSERT INTO diptych.%s (%s)
                SELECT %s
                  FROM unnest(%s) AS u (%s)""".formatted(table, names, each(Column::stored), arrays, names);
    }

    /** Inserts or replaces rows. Served by the primary key. */
    String upsertSql(String table) {
        String changes = columns.stream()
                .skip(1) // the key
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(joining(", "));
        return "%s\n    ON CONFLICT (%s) DO UPDATE SET %s".formatted(insertSql(table), keyColumn(), changes);
    }

    /** Deletes rows by an array of keys. Served by the primary key. */
    String deleteSql(String table) {
        return "DELETE FROM diptych.%s WHERE %s = ANY (?)".formatted(table, keyColumn());
    }

    /** Deletes all rows. Reads the whole table. */
    String deleteAllSql(String table) {
        return "DELETE FROM diptych." + table;
    }

    private String keyColumn() {
        return columns.getFirst().name();
    }

    private String each(Function<Column<R>, String> part) {
        return columns.stream().map(part).collect(joining(", "));
    }

    private record Column<R>(String name, String type, Function<R, @Nullable Object> value) {

        /** The element type of the array. JSON is sent as text and times as microseconds, to use binary arrays. */
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

        /** The expression for the value to store. Times are exact up to the year 2255. */
        String stored() {
            return switch (type) {
                case "json" -> "u." + name + "::json";
                case "timestamptz" -> "timestamptz 'epoch' + u." + name + " * interval '1 microsecond'";
                default -> "u." + name;
            };
        }
    }
}

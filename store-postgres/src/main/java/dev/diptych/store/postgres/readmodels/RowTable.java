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
 * number of rows: the keys as one array, the rows as one array for each column. The table also has the column
 * {@code generation}, which begins its primary key: each statement is about the rows of one generation. Immutable.
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
     * Creates a mapping with one column, which is in the primary key.
     *
     * @param <R> the rows
     * @param name the table's name in the schema {@code diptych}
     * @param keyColumn the second column of the primary key, of type {@code text}
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
    void save(Connection connection, int generation, List<R> rows, Set<String> known) throws SQLException {
        if (!insertingNew) {
            write(connection, upsertSql(), generation, rows);
            return;
        }
        List<R> existing = new ArrayList<>();
        List<R> added = new ArrayList<>();
        rows.forEach(row -> (known.contains(key.apply(row)) ? existing : added).add(row));
        write(connection, upsertSql(), generation, existing);
        write(connection, insertSql(), generation, added);
    }

    private void write(Connection connection, String sql, int generation, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Database.change(connection, sql, statement -> {
            statement.setInt(1, generation);
            for (int i = 0; i < columns.size(); i++) {
                Column<R> column = columns.get(i);
                Columns.setArray(statement, i + 2, column.sentAs(), rows, column::sent);
            }
        });
    }

    void remove(Connection connection, int generation, Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            Database.change(connection, deleteSql(), statement -> {
                Columns.setArray(statement, 1, "text", keys, each -> each);
                statement.setInt(2, generation);
            });
        }
    }

    /**
     * Selects the row of the generation {@code c.generation} with a key. Served by the primary key. {@code LIMIT} keeps
     * the planner from joining before it looks for the key, with another index.
     */
    String findSql() {
        return "SELECT %s FROM diptych.%s WHERE generation = c.generation AND %s = ? LIMIT 1"
                .formatted(each(Column::name), name, keyColumn());
    }

    /**
     * Selects rows of the generation {@code c.generation} by an array of keys. Served by the primary key, for each key.
     * With {@code = ANY}, a plan that a connection made while the table was small reads all rows of the generation
     * through another index.
     */
    String loadSql() {
        return "SELECT %s\n  FROM %s".formatted(each(Column::name), rowsByKeys("*", "c.generation"));
    }

    private String rowsByKeys(String columns, String generation) {
        return "unnest(?::text[]) AS wanted (wanted_key)\n CROSS JOIN LATERAL (SELECT %s FROM diptych.%s"
                        .formatted(columns, name)
                + " WHERE generation = %s AND %s = wanted_key LIMIT 1) r".formatted(generation, keyColumn());
    }

    /** Inserts rows that do not exist. */
    String insertSql() {
        String names = each(Column::name);
        String arrays = each(Column::array);
        return """
                INSERT INTO diptych.%s (generation, %s)
                SELECT ?, %s
                  FROM unnest(%s) AS u (%s)""".formatted(name, names, each(Column::stored), arrays, names);
    }

    /** Inserts or replaces rows. Served by the primary key. */
    String upsertSql() {
        String changes = columns.stream()
                .skip(1) // the key
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(joining(", "));
        return "%s\n    ON CONFLICT (generation, %s) DO UPDATE SET %s".formatted(insertSql(), keyColumn(), changes);
    }

    /** Deletes rows by an array of keys. Served by the primary key, as {@link #loadSql}. */
    String deleteSql() {
        return "DELETE FROM diptych.%s\n WHERE ctid = ANY (ARRAY(SELECT r.ctid FROM %s))"
                .formatted(name, rowsByKeys("ctid", "?"));
    }

    /** Deletes rows of generations before, and between, the one that serves and the copy. Served by the primary key. */
    String deleteUnusedSql() {
        return """
                WITH unused (after, before) AS (
                    SELECT range.*
                      FROM diptych.checkpoints c
                      LEFT JOIN diptych.copies b ON b.projection = c.projection
                     CROSS JOIN LATERAL (VALUES (0, c.generation),
                                                (c.generation, coalesce(b.generation, 2147483647))) range
                     WHERE c.projection = ?
                )
                DELETE FROM diptych.%1$s
                 WHERE ctid = ANY (ARRAY(
                     SELECT r.ctid
                       FROM unused u
                      CROSS JOIN LATERAL (SELECT t.ctid
                                            FROM diptych.%1$s t
                                           WHERE t.generation > u.after AND t.generation < u.before
                                           ORDER BY t.generation
                                           LIMIT ?) r))""".formatted(name);
    }

    /**
     * Compares the rows of a copy with those that serve, in one snapshot, and stores the result beside the copy. Reads
     * all rows of both.
     */
    String compareSql() {
        return """
                WITH pair AS (
                    SELECT b.projection, b.generation AS copy, c.generation AS serving, c.position
                      FROM diptych.copies b
                      JOIN diptych.checkpoints c ON c.projection = b.projection AND c.position = b.position
                     WHERE b.projection = ? AND b.generation = ?
                ), difference AS (
                    SELECT coalesce(s.key, n.key) AS key, s.content AS serving, n.content AS copy
                      FROM (SELECT t.%2$s AS key, to_jsonb(t) - 'generation' AS content
                              FROM pair p JOIN diptych.%1$s t ON t.generation = p.serving) s
                      FULL JOIN (SELECT t.%2$s AS key, to_jsonb(t) - 'generation' AS content
                                   FROM pair p JOIN diptych.%1$s t ON t.generation = p.copy) n ON n.key = s.key
                     WHERE s.content IS DISTINCT FROM n.content
                ), example AS (
                    SELECT * FROM difference ORDER BY key LIMIT ?
                )
                UPDATE diptych.copies b
                   SET compared_at = p.position,
                       only_serving = (SELECT count(*) FROM difference WHERE copy IS NULL),
                       only_copy = (SELECT count(*) FROM difference WHERE serving IS NULL),
                       different = (SELECT count(*) FROM difference WHERE serving IS NOT NULL AND copy IS NOT NULL),
                       keys = ARRAY(SELECT key FROM example ORDER BY key),
                       serving_rows = ARRAY(SELECT serving::text FROM example ORDER BY key),
                       copy_rows = ARRAY(SELECT copy::text FROM example ORDER BY key)
                  FROM pair p
                 WHERE b.projection = p.projection AND b.generation = p.copy""".formatted(name, keyColumn());
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

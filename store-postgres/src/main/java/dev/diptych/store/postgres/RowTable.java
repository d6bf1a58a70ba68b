package dev.diptych.store.postgres;

import dev.diptych.store.postgres.Database.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one projection are kept in a table: a few statements, each for any number of rows at once, in files
 * beside the class that describes the table. For a table called {@code order-list} they are
 *
 * <ul>
 *   <li>{@code order-list.load.sql}: selects the rows whose keys are in an array;
 *   <li>{@code order-list.save.sql}: inserts or updates rows, given as one array for each column;
 *   <li>{@code order-list.add.sql}, where {@link Builder#adding} was said: inserts rows that are not there;
 *   <li>{@code order-list.remove.sql}: deletes the rows whose keys are in an array;
 *   <li>{@code order-list.clear.sql}: deletes all rows.
 * </ul>
 *
 * <p>Immutable, and so safe for use by many threads.
 *
 * @param <R> the rows
 */
public final class RowTable<R> {

    private final Function<R, String> key;
    private final RowReader<R> reader;
    private final List<Column<R>> columns;
    private final String load;
    private final String save;
    private final @Nullable String add;
    private final String remove;
    private final String clear;

    private RowTable(Builder<R> builder) {
        this.key = builder.key;
        this.reader = builder.reader;
        this.columns = List.copyOf(builder.columns);
        this.load = Sql.of(builder.home, builder.name + ".load.sql");
        this.save = Sql.of(builder.home, builder.name + ".save.sql");
        this.add = builder.adding ? Sql.of(builder.home, builder.name + ".add.sql") : null;
        this.remove = Sql.of(builder.home, builder.name + ".remove.sql");
        this.clear = Sql.of(builder.home, builder.name + ".clear.sql");
    }

    /**
     * Begins the description of a table.
     *
     * @param <R> the rows
     * @param home the class beside which the statements are
     * @param name the first part of their files' names
     * @param key the key under which the projection knows a row
     * @param reader reads a row that the load statement has found
     */
    public static <R> Builder<R> named(Class<?> home, String name, Function<R, String> key, RowReader<R> reader) {
        return new Builder<>(home, name, key, reader);
    }

    Map<String, R> load(Connection connection, Collection<String> keys) {
        try {
            List<R> rows = Database.list(
                    connection, load, statement -> SqlArray.set(statement, 1, "text", keys, each -> each), reader);
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
    void save(Connection connection, List<R> rows, Set<String> known) throws SQLException {
        if (add == null) {
            write(connection, save, rows);
            return;
        }
        List<R> there = new ArrayList<>();
        List<R> missing = new ArrayList<>();
        rows.forEach(row -> (known.contains(key.apply(row)) ? there : missing).add(row));
        write(connection, save, there);
        write(connection, add, missing);
    }

    private void write(Connection connection, String sql, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Database.change(connection, sql, statement -> {
            for (int i = 0; i < columns.size(); i++) {
                Column<R> column = columns.get(i);
                SqlArray.set(statement, i + 1, column.type(), rows, column.value());
            }
        });
    }

    void remove(Connection connection, Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            Database.change(connection, remove, statement -> SqlArray.set(statement, 1, "text", keys, each -> each));
        }
    }

    void clear(Connection connection) throws SQLException {
        Database.change(connection, clear, statement -> {});
    }

    private record Column<R>(String type, Function<R, @Nullable Object> value) {}

    /** Collects the columns, in the order of the save statement's parameters. Used by one thread. */
    public static final class Builder<R> {

        private final Class<?> home;
        private final String name;
        private final Function<R, String> key;
        private final RowReader<R> reader;
        private final List<Column<R>> columns = new ArrayList<>();
        private boolean adding;

        private Builder(Class<?> home, String name, Function<R, String> key, RowReader<R> reader) {
            this.home = home;
            this.name = name;
            this.key = key;
            this.reader = reader;
        }

        /**
         * Adds a column.
         *
         * @param type the element type of the parameter's array, such as {@code text} or {@code int8}
         * @param value the value: a {@link String} for {@code text}, an {@link Integer} for {@code int4}, a {@link Long} for
         *     {@code int8}, anything that prints as PostgreSQL reads it for other types; null where the column may be null
         */
        public Builder<R> column(String type, Function<R, @Nullable Object> value) {
            columns.add(new Column<>(type, value));
            return this;
        }

        /**
         * Says that there is a statement for rows that are not there: in a table that grows long it takes less than the one
         * that has to look. Only for a table into which nobody else writes: a row of somebody else's would stop the projection.
         */
        public Builder<R> adding() {
            adding = true;
            return this;
        }

        /** The description of the table. */
        public RowTable<R> build() {
            return new RowTable<>(this);
        }
    }
}

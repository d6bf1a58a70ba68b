package dev.diptych.store.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as parameters. An array whose Java type says what its elements are goes over the line as it is; any other as one
 * text, in which each element has to be quoted here and taken apart there.
 */
final class SqlArray {

    private SqlArray() {}

    /**
     * Sets a parameter to an array.
     *
     * @param type the PostgreSQL type of its elements, such as {@code text}
     * @param value what becomes of each of {@code all}: a {@link String} for {@code text}, an {@link Integer} for
     *     {@code int4}, a {@link Long} for {@code int8}, anything that prints as PostgreSQL reads it for other types
     */
    static <T> void set(
            PreparedStatement statement,
            int parameter,
            String type,
            Collection<T> all,
            Function<T, @Nullable Object> value)
            throws SQLException {
        @Nullable Object[] values = empty(type, all.size());
        int next = 0;
        for (T each : all) {
            values[next++] = value.apply(each);
        }
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
    }

    private static @Nullable Object[] empty(String type, int size) {
        return switch (type) {
            case "text" -> new String[size];
            case "int4" -> new Integer[size];
            case "int8" -> new Long[size];
            default -> new Object[size];
        };
    }
}

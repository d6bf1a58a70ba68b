package dev.diptych.store.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and binds values that JDBC has no simple method for: times, which have microseconds, and arrays. */
public final class Columns {

    private Columns() {}

    /** Reads a {@code timestamptz} column that is not null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Reads a {@code timestamptz} column that is not null by its number, which is faster for many rows. */
    public static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Returns the microseconds since 1970, for arrays: the server converts numbers to times faster than text. */
    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Binds a time. */
    public static void set(PreparedStatement statement, int parameter, Instant time) throws SQLException {
        statement.setObject(parameter, time.atOffset(ZoneOffset.UTC));
    }

    /** Binds {@code infinity}, which is later than any other time. */
    public static void setInfinity(PreparedStatement statement, int parameter) throws SQLException {
        statement.setObject(parameter, OffsetDateTime.MAX);
    }

    /**
     * Binds an array. The driver sends arrays of {@code text}, {@code int4} and {@code int8} in binary form, and any
     * other as one text, in which each element is quoted by the driver and parsed by the server.
     *
     * @param <T> the type of the values
     * @param type the PostgreSQL type of the elements, such as {@code text}
     * @param element the element for each value: a {@link String} for {@code text}, an {@link Integer} for
     *     {@code int4}, a {@link Long} for {@code int8}; for other types, an object whose text PostgreSQL can parse
     */
    public static <T> void setArray(
            PreparedStatement statement,
            int parameter,
            String type,
            Collection<T> values,
            Function<T, @Nullable Object> element)
            throws SQLException {
        @Nullable Object[] elements = emptyArray(type, values.size());
        int next = 0;
        for (T value : values) {
            elements[next++] = element.apply(value);
        }
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, elements));
    }

    private static @Nullable Object[] emptyArray(String type, int size) {
        return switch (type) {
            case "text" -> new String[size];
            case "int4" -> new Integer[size];
            case "int8" -> new Long[size];
            default -> new Object[size];
        };
    }
}

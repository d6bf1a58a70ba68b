package dev.diptych.store.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times in columns of type {@code timestamptz}, which keep microseconds. */
public final class Columns {

    private Columns() {}

    /** The time in a column that is not null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The same by the column's number, for results of many rows. */
    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /**
     * The microseconds since 1970, for arrays of many times: the server makes a time of a number more quickly than of a
     * text.
     */
    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Sets a parameter to a time. */
    public static void set(PreparedStatement statement, int parameter, Instant time) throws SQLException {
        statement.setObject(parameter, time.atOffset(ZoneOffset.UTC));
    }

    /** Sets a parameter to a time later than any other. */
    public static void setInfinity(PreparedStatement statement, int parameter) throws SQLException {
        statement.setObject(parameter, OffsetDateTime.MAX);
    }
}

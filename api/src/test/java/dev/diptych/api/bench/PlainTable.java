package dev.diptych.api.bench;

import dev.diptych.core.eventstore.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The baseline: a table with the columns of events, and plain statements, each in a separate transaction, without
 * checks. At first, the only index is the primary key. Thread-safe.
 */
final class PlainTable {

    private static final String COLUMNS =
            "position, stream_name, version, type, schema_version, payload, metadata, recorded_at";

    private final DataSource source;

    PlainTable(DataSource source) throws SQLException {
        this.source = source;
        execute("CREATE TABLE public.plain (position bigserial PRIMARY KEY, stream_name text NOT NULL COLLATE \"C\","
                + " version bigint NOT NULL, type text NOT NULL, schema_version integer NOT NULL,"
                + " payload json NOT NULL,"
                + " metadata json NOT NULL, recorded_at timestamptz NOT NULL DEFAULT clock_timestamp())");
    }

    /** Creates the index of streams in both tables. */
    void indexStreams() throws SQLException {
        execute("REINDEX INDEX diptych.events_by_stream");
        execute("CREATE UNIQUE INDEX plain_by_stream ON public.plain (stream_name, version)");
    }

    /** Copies the events of the store. */
    void copyFromStore() throws SQLException {
        execute("TRUNCATE public.plain");
        execute("INSERT INTO public.plain SELECT " + COLUMNS + " FROM diptych.events ORDER BY position");
        execute("SELECT setval('public.plain_position_seq', max(position)) FROM public.plain");
        settle();
    }

    /** Runs VACUUM ANALYZE on both tables, and a checkpoint. */
    void settle() throws SQLException {
        execute("VACUUM ANALYZE diptych.events");
        execute("VACUUM ANALYZE public.plain");
        execute("CHECKPOINT");
    }

    void insert(String stream, long version, NewEvent event) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO public.plain (stream_name, version, type, schema_version, payload, metadata)"
                                + " VALUES (?, ?, ?, ?, ?::json, ?::json)")) {
            statement.setString(1, stream);
            statement.setLong(2, version);
            statement.setString(3, event.type());
            statement.setInt(4, event.schemaVersion());
            statement.setString(5, event.payload());
            statement.setString(6, event.metadata());
            statement.executeUpdate();
        }
    }

    int readStream(String stream, int limit) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT " + COLUMNS + " FROM public.plain WHERE stream_name = ? ORDER BY version LIMIT ?")) {
            statement.setString(1, stream);
            statement.setInt(2, limit);
            return rows(statement).size();
        }
    }

    /** Reads all rows in position order, in pages; returns their number. */
    long readAll(int page) throws SQLException {
        long read = 0;
        long after = 0;
        List<Object[]> rows;
        do {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "SELECT " + COLUMNS + " FROM public.plain WHERE position > ? ORDER BY position LIMIT ?")) {
                statement.setLong(1, after);
                statement.setInt(2, page);
                rows = rows(statement);
            }
            after = rows.isEmpty() ? after : (Long) rows.getLast()[0];
            read += rows.size();
        } while (rows.size() == page);
        return read;
    }

    private static List<Object[]> rows(PreparedStatement statement) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(new Object[] {
                    result.getLong(1),
                    result.getString(2),
                    result.getLong(3),
                    result.getString(4),
                    result.getInt(5),
                    result.getString(6),
                    result.getString(7),
                    result.getObject(8, OffsetDateTime.class)
                });
            }
        }
        return rows;
    }

    /** Executes a statement without a timeout, of the server or of the socket. */
    void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 0); // the pool restores it
            statement.execute("SET statement_timeout = 0");
            statement.execute(sql);
            statement.execute("RESET statement_timeout");
        }
    }
}

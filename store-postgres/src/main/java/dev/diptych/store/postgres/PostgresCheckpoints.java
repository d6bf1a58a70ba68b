package dev.diptych.store.postgres;

import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.ProjectionProgress;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far the projections are, by one statement, as far as the rights of a role go. Every method throws {@link
 * dev.diptych.core.eventstore.StoreUnavailableException} when the database cannot be reached or is too busy. Safe for
 * use by many threads.
 */
public final class PostgresCheckpoints implements Checkpoints {

    private static final String CHECKPOINTS = Sql.of(PostgresCheckpoints.class, "checkpoints.sql");
    private static final String PROGRESS = Sql.of(PostgresCheckpoints.class, "progress.sql");
    private static final String STATUS = Sql.of(PostgresCheckpoints.class, "status-of-history.sql");
    private static final String PAUSED = Sql.of(PostgresCheckpoints.class, "paused.sql");

    private final Database database;
    private final List<String> projections;
    private final String progress;

    private PostgresCheckpoints(Database database, List<String> projections, String progress) {
        this.database = database;
        this.projections = List.copyOf(projections);
        this.progress = progress;
    }

    /**
     * The checkpoints where a reader reads, on a standby perhaps: without the age of events and without nodes.
     *
     * @param projections the names of the projections; each has an entry, even before it has begun
     */
    public static PostgresCheckpoints ofReader(Database reader, List<String> projections) {
        return new PostgresCheckpoints(reader, projections, CHECKPOINTS);
    }

    /**
     * The checkpoints as a projector sees them, on the primary: with the age of events and with nodes.
     *
     * @param projections the names of the projections; each has an entry, even before it has begun
     */
    public static PostgresCheckpoints ofProjector(Database projector, List<String> projections) {
        return new PostgresCheckpoints(projector, projections, PROGRESS);
    }

    @Override
    public HistoryStatus statusOf(String history) {
        return database.find(
                        STATUS,
                        statement -> statement.setString(1, history),
                        row -> HistoryStatus.valueOf(row.getString("status")))
                .orElseThrow();
    }

    /** The names of the projections that are paused. */
    public Set<String> paused() {
        return Set.copyOf(database.list(PAUSED, statement -> {}, row -> row.getString("projection")));
    }

    @Override
    public Map<String, ProjectionProgress> progress() {
        Map<String, ProjectionProgress> byProjection = new HashMap<>();
        database.list(
                progress,
                statement -> SqlArray.set(statement, 1, "text", projections, each -> each),
                row -> byProjection.put(row.getString("projection"), progress(row)));
        return Map.copyOf(byProjection);
    }

    private static ProjectionProgress progress(ResultSet row) throws SQLException {
        long head = row.getLong("head");
        return new ProjectionProgress(
                row.getLong("checkpoint"),
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(head),
                Optional.ofNullable(row.getBigDecimal("behind")).map(PostgresCheckpoints::duration),
                Optional.ofNullable(row.getString("node")));
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }
}

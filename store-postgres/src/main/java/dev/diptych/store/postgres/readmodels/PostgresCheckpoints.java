package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.projection.Generations.Status;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
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
 * The progress of projections, read by one statement, with as much detail as a role may see. Every method throws {@link
 * dev.diptych.core.eventstore.StoreUnavailableException} when the database is unavailable or too busy. Thread-safe.
 */
public final class PostgresCheckpoints implements Checkpoints {

    private static final String CHECKPOINTS = Sql.of(PostgresCheckpoints.class, "checkpoints.sql");
    private static final String PROGRESS = Sql.of(PostgresCheckpoints.class, "progress.sql");
    private static final String STATUS = Sql.of(PostgresCheckpoints.class, "history-status.sql");
    private static final String REPLICA = Sql.of(PostgresCheckpoints.class, "replica.sql");
    private static final String PAUSED = Sql.of(PostgresCheckpoints.class, "paused.sql");

    private final Database database;
    private final List<String> projections;
    private final boolean isProjector;

    private PostgresCheckpoints(Database database, List<String> projections, boolean isProjector) {
        this.database = database;
        this.projections = List.copyOf(projections);
        this.isProjector = isProjector;
    }

    /**
     * Creates the view of a reader, which may use a standby: without the age of events and without nodes.
     *
     * @param projections the names of the projections; each has an entry, even before its first batch
     */
    public static PostgresCheckpoints ofReader(Database reader, List<String> projections) {
        return new PostgresCheckpoints(reader, projections, false);
    }

    /**
     * Creates the view of a projector, on the primary: with the age of events and with nodes.
     *
     * @param projections the names of the projections; each has an entry, even before its first batch
     */
    public static PostgresCheckpoints ofProjector(Database projector, List<String> projections) {
        return new PostgresCheckpoints(projector, projections, true);
    }

    @Override
    public HistoryStatus statusOf(String history) {
        return database.find(
                        STATUS,
                        statement -> statement.setString(1, history),
                        row -> HistoryStatus.valueOf(row.getString("status")))
                .orElseThrow();
    }

    @Override
    public Set<String> paused() {
        return Set.copyOf(database.list(PAUSED, statement -> {}, row -> row.getString("projection")));
    }

    @Override
    public Optional<Replica> replica() {
        return database.find(
                REPLICA,
                statement -> statement.setLong(1, PostgresLease.DEFAULT_LENGTH.toMillis()),
                row -> new Replica(
                        row.getLong("head"),
                        Optional.ofNullable(row.getBigDecimal("lag")).map(PostgresCheckpoints::duration)));
    }

    @Override
    public Map<String, ProjectionProgress> progress() {
        Map<String, Status> generations = isProjector ? PostgresGenerations.statuses(database, projections) : Map.of();
        Map<String, ProjectionProgress> byProjection = new HashMap<>();
        database.list(
                isProjector ? PROGRESS : CHECKPOINTS,
                statement -> Columns.setArray(statement, 1, "text", projections, each -> each),
                row -> byProjection.put(row.getString("projection"), progress(row, generations)));
        return Map.copyOf(byProjection);
    }

    private static ProjectionProgress progress(ResultSet row, Map<String, Status> generations) throws SQLException {
        long head = row.getLong("head");
        return new ProjectionProgress(
                row.getLong("checkpoint"),
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(head),
                Optional.ofNullable(row.getBigDecimal("behind")).map(PostgresCheckpoints::duration),
                Optional.ofNullable(row.getString("node")),
                Optional.ofNullable(row.getString("copy_node")),
                Optional.ofNullable(generations.get(row.getString("projection"))));
    }

    static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }
}

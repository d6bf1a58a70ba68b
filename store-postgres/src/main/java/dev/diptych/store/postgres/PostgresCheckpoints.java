package dev.diptych.store.postgres;

import dev.diptych.core.projection.Checkpoints;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far the read models are in the database that a reader reads from, a standby perhaps. Every method throws
 * {@link dev.diptych.core.eventstore.StoreUnavailableException} when the database cannot be reached or is too busy. Safe for
 * use by many threads.
 */
public final class PostgresCheckpoints implements Checkpoints {

    private static final String CHECKPOINTS = Sql.of(PostgresCheckpoints.class, "checkpoints.sql");
    private static final String STATUS = Sql.of(PostgresCheckpoints.class, "status-of-history.sql");
    private static final String PAUSED = Sql.of(PostgresCheckpoints.class, "paused.sql");

    private final Database reader;

    /** The checkpoints as a reader sees them. */
    public PostgresCheckpoints(Database reader) {
        this.reader = reader;
    }

    @Override
    public HistoryStatus statusOf(String history) {
        return reader.find(
                        STATUS,
                        statement -> statement.setString(1, history),
                        row -> HistoryStatus.valueOf(row.getString("status")))
                .orElseThrow();
    }

    /** Which projections somebody has paused. */
    public Set<String> paused() {
        return Set.copyOf(reader.list(PAUSED, statement -> {}, row -> row.getString("projection")));
    }

    private record Row(Optional<String> projection, long position, Optional<Long> head) {}

    @Override
    public Progress look() {
        Map<String, Long> positions = new HashMap<>();
        OptionalLong head = OptionalLong.empty();
        for (Row row : reader.list(
                CHECKPOINTS,
                statement -> {},
                row -> new Row(
                        Optional.ofNullable(row.getString("projection")),
                        row.getLong("position"),
                        Optional.ofNullable(row.getObject("head", Long.class))))) {
            row.projection().ifPresent(projection -> positions.put(projection, row.position()));
            head = row.head().map(OptionalLong::of).orElse(OptionalLong.empty());
        }
        return new Progress(positions, head);
    }
}

package dev.diptych.store.postgres;

import dev.diptych.core.projection.Standing;
import dev.diptych.core.projection.Standings;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where projections stand, by one statement. Safe for use by many threads. */
public final class PostgresStandings implements Standings {

    private static final String STANDINGS = Sql.of(PostgresStandings.class, "standings.sql");

    private final Database projector;
    private final List<String> projections;

    /**
     * The standings of projections.
     *
     * @param projector with the rights to read events, checkpoints and leases
     * @param projections their names
     */
    public PostgresStandings(Database projector, List<String> projections) {
        this.projector = projector;
        this.projections = List.copyOf(projections);
    }

    @Override
    public Map<String, Standing> look() {
        Map<String, Standing> standings = new HashMap<>();
        projector.list(
                STANDINGS,
                statement -> SqlArray.set(statement, 1, "text", projections, each -> each),
                row -> standings.put(row.getString("projection"), standing(row)));
        return Map.copyOf(standings);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getLong("checkpoint"),
                row.getLong("head"),
                Optional.ofNullable(row.getBigDecimal("behind"))
                        .map(PostgresStandings::duration)
                        .orElse(Duration.ZERO),
                Optional.ofNullable(row.getString("node")));
    }

    /** Never less than nothing, should the database's clock have been put back. */
    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(Math.max(0, seconds.movePointRight(3).longValue()));
    }
}

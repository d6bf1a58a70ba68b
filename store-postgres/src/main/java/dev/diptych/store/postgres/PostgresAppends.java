package dev.diptych.store.postgres;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is appending at this moment, for those who run the program: an append that stays open holds up what readers may see. Safe
 * for use by many threads.
 */
public final class PostgresAppends {

    private static final String OLDEST = Sql.of(PostgresAppends.class, "oldest-append.sql");

    private final Database database;

    /**
     * The open appends of a database.
     *
     * @param database with the rights of a writer or a projector
     */
    public PostgresAppends(Database database) {
        this.database = database;
    }

    /**
     * An append that has not ended.
     *
     * @param pid the process number of its session in {@code pg_stat_activity}
     * @param age how long ago its transaction began, by the database's clock; empty where the owner of the schema may not see it
     */
    public record OpenAppend(int pid, Optional<Duration> age) {}

    /**
     * The one that has been open for the longest time.
     *
     * @return empty when nobody appends
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database cannot be asked
     */
    public Optional<OpenAppend> oldest() {
        return database.find(
                OLDEST,
                statement -> {},
                row -> new OpenAppend(
                        row.getInt("pid"),
                        Optional.ofNullable(row.getBigDecimal("age")).map(PostgresAppends::duration)));
    }

    /** Never less than nothing, should the database's clock have been put back. */
    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(Math.max(0, seconds.movePointRight(3).longValue()));
    }
}

package dev.diptych.store.postgres.events;

import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * The appends in flight, for operators: an append that stays open holds back the horizon up to which events are read.
 * Thread-safe.
 */
public final class PostgresOpenAppends {

    private static final String OLDEST = Sql.of(PostgresOpenAppends.class, "oldest-append.sql");

    private final Database database;

    /**
     * Creates access to the open appends of a database.
     *
     * @param database has the privileges of a writer or projector
     */
    public PostgresOpenAppends(Database database) {
        this.database = database;
    }

    /**
     * Returns the oldest open append.
     *
     * @return empty when no append is in flight
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the database is unavailable
     */
    public Optional<OpenAppend> oldest() {
        return database.find(
                OLDEST,
                statement -> {},
                row -> new OpenAppend(
                        row.getInt("pid"),
                        Optional.ofNullable(row.getBigDecimal("age")).map(PostgresOpenAppends::duration)));
    }

    /** Zero if the database's clock was set back. */
    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(Math.max(0, seconds.movePointRight(3).longValue()));
    }
}

package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Projection;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a row table, which the rows of {@code diptych.checkpoints} and {@code diptych.copies} name. A copy
 * takes over by changing these two rows. Thread-safe, also between processes.
 */
final class PostgresGenerations implements Generations {

    /** Comparing all rows takes time in proportion to the table. */
    private static final Duration COMPARE_TIMEOUT = Duration.ofMinutes(10);

    private static final String STATUS = Sql.of(PostgresGenerations.class, "generations.sql");
    private static final String KEEP = Sql.of(PostgresGenerations.class, "keep-copy.sql");
    private static final String START = Sql.of(PostgresGenerations.class, "start-copy.sql");
    private static final String LOCK = Sql.of(PostgresGenerations.class, "lock-checkpoint.sql");
    private static final String TAKE_OVER = Sql.of(PostgresGenerations.class, "take-over.sql");
    private static final String CANCEL = Sql.of(PostgresGenerations.class, "cancel-copy.sql");
    private static final String STATEMENT_TIMEOUT = Sql.of(PostgresGenerations.class, "statement-timeout.sql");

    private final Database projector;
    private final Projection<?, ?> projection;
    private final RowTable<?> table;

    PostgresGenerations(Database projector, Projection<?, ?> projection, RowTable<?> table) {
        this.projector = projector;
        this.projection = projection;
        this.table = table;
    }

    @Override
    public int version() {
        return projection.version();
    }

    @Override
    public Status status() {
        return statuses(projector, List.of(projection.name()))
                .getOrDefault(projection.name(), new Status(1, version(), Optional.empty()));
    }

    /** Returns the generations of each projection that has a checkpoint. */
    static Map<String, Status> statuses(Database projector, Collection<String> projections) {
        Map<String, Status> statuses = new HashMap<>();
        projector.list(
                STATUS,
                statement -> Columns.setArray(statement, 1, "text", projections, each -> each),
                row -> statuses.put(row.getString("projection"), status(row)));
        return statuses;
    }

    private static Status status(ResultSet row) throws SQLException {
        return new Status(row.getInt("generation"), row.getInt("fold_version"), copy(row));
    }

    private static Optional<Copy> copy(ResultSet row) throws SQLException {
        int generation = row.getInt("copy_generation");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Copy(
                        generation,
                        row.getInt("copy_version"),
                        row.getLong("copy_position"),
                        PostgresCheckpoints.duration(row.getBigDecimal("copy_age")),
                        row.getBoolean("comparing"),
                        comparison(row)));
    }

    private static Optional<Comparison> comparison(ResultSet row) throws SQLException {
        long position = row.getLong("compared_at");
        if (row.wasNull()) {
            return Optional.empty();
        }
        @Nullable String[] keys = texts(row, "keys");
        @Nullable String[] serving = texts(row, "serving_rows");
        @Nullable String[] copy = texts(row, "copy_rows");
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            examples.add(new Example(
                    String.valueOf(keys[i]), Optional.ofNullable(serving[i]), Optional.ofNullable(copy[i])));
        }
        return Optional.of(new Comparison(
                position, row.getLong("only_serving"), row.getLong("only_copy"), row.getLong("different"), examples));
    }

    private static @Nullable String[] texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? new String[0] : (String[]) array.getArray();
    }

    @Override
    public void start(boolean comparing) {
        projector.inTransaction(connection -> {
            PostgresReadModel.createCheckpoint(connection, projection);
            lockCheckpoint(connection);
            int kept = Database.change(connection, KEEP, statement -> {
                statement.setBoolean(1, comparing);
                statement.setString(2, projection.name());
                statement.setInt(3, version());
            });
            return kept > 0
                    ? kept
                    : Database.change(connection, START, statement -> {
                        statement.setString(1, projection.name());
                        statement.setInt(2, version());
                        statement.setBoolean(3, comparing);
                    });
        });
    }

    @Override
    public boolean takeOver(int generation, OptionalLong lost) {
        return projector.inTransaction(connection -> {
            lockCheckpoint(connection);
            return Database.change(connection, TAKE_OVER, statement -> {
                        statement.setString(1, projection.name());
                        statement.setInt(2, generation);
                        if (lost.isPresent()) {
                            statement.setLong(3, lost.getAsLong());
                        } else {
                            statement.setNull(3, Types.BIGINT);
                        }
                    })
                    > 0;
        });
    }

    private void lockCheckpoint(Connection connection) throws SQLException {
        Database.list(
                connection,
                LOCK,
                statement -> statement.setString(1, projection.name()),
                row -> row.getLong("position"));
    }

    @Override
    public boolean compare(int generation) {
        return projector.inTransaction(connection -> {
            setStatementTimeout(connection, COMPARE_TIMEOUT);
            return Database.change(connection, table.compareSql(), statement -> {
                        statement.setString(1, projection.name());
                        statement.setInt(2, generation);
                        statement.setInt(3, EXAMPLES);
                    })
                    > 0;
        });
    }

    @Override
    public void cancel() {
        projector.run(connection ->
                Database.change(connection, CANCEL, statement -> statement.setString(1, projection.name())));
    }

    @Override
    public boolean deleteUnused(int limit) {
        return projector.run(connection -> Database.change(connection, table.deleteUnusedSql(), statement -> {
                    statement.setString(1, projection.name());
                    statement.setInt(2, limit);
                }))
                >= limit;
    }

    private static void setStatementTimeout(Connection connection, Duration timeout) throws SQLException {
        Database.list(
                connection,
                STATEMENT_TIMEOUT,
                parameter -> parameter.setString(1, timeout.toMillis() + "ms"),
                row -> row.getString(1));
        // The server's timeout comes first and reports the cause. The pool resets the socket's timeout.
        connection.setNetworkTimeout(Runnable::run, (int) timeout.plusSeconds(5).toMillis());
    }
}

package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows and the checkpoint of one projection in PostgreSQL. A batch is one transaction of three round trips: one
 * statement compares and sets the checkpoint and loads the affected rows, the events are folded in memory, another
 * statement writes the rows, and the commit does not wait for the disk. Thread-safe, also between processes.
 *
 * @param <R> the rows
 */
public final class PostgresReadModel<R> implements ReadModelStore {

    /** Deleting all rows takes time in proportion to the table. */
    private static final Duration RESET_TIMEOUT = Duration.ofMinutes(10);

    /** The minimum number of events in a batch for which planning each statement pays. */
    private static final int CUSTOM_PLAN_THRESHOLD = 100;

    private static final String CHECKPOINT = Sql.of(PostgresReadModel.class, "checkpoint.sql");
    private static final String CREATE_CHECKPOINT = Sql.of(PostgresReadModel.class, "create-checkpoint.sql");
    private static final String MOVE_CHECKPOINT = Sql.of(PostgresReadModel.class, "move-checkpoint.sql");
    private static final String RESET_CHECKPOINT = Sql.of(PostgresReadModel.class, "reset-checkpoint.sql");
    private static final String STATEMENT_TIMEOUT = Sql.of(PostgresReadModel.class, "statement-timeout.sql");
    private static final String CUSTOM_PLANS = Sql.of(PostgresReadModel.class, "custom-plans.sql");

    private final Database projector;
    private final Projection<?, R> projection;
    private final RowTable<R> table;
    private final String moveAndLoad;

    /** The checkpoint is not where the batch begins. */
    private static final class CheckpointElsewhere extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Creates a read model.
     *
     * @param projector has the privileges to write rows and checkpoints
     */
    public PostgresReadModel(Database projector, Projection<?, R> projection, RowTable<R> table) {
        this.projector = projector;
        this.projection = projection;
        this.table = table;
        this.moveAndLoad = moveAndLoadSql(table);
    }

    static String moveAndLoadSql(RowTable<?> table) {
        return MOVE_CHECKPOINT.formatted(table.selectSql(table.name()));
    }

    RowTable<R> table() {
        return table;
    }

    @Override
    public String projection() {
        return projection.name();
    }

    @Override
    public long checkpoint() {
        return projector
                .find(CHECKPOINT, statement -> statement.setString(1, projection.name()), row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public boolean apply(Batch batch) {
        try {
            return projector.inTransaction(connection -> apply(batch, connection));
        } catch (CheckpointElsewhere e) {
            return false;
        } catch (PoisonedEventException e) { // perhaps before the checkpoint was compared
            if (hasMovedFrom(batch.after(), e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean hasMovedFrom(long expected, PoisonedEventException poisoned) {
        try {
            return checkpoint() != expected;
        } catch (StoreUnavailableException e) {
            poisoned.addSuppressed(e);
            return false;
        }
    }

    private boolean apply(Batch batch, Connection connection) throws SQLException {
        if (!batch.history().equals(projector.history(connection))) {
            return false;
        }
        if (batch.after() == 0) {
            createCheckpoint(connection);
        }
        if (batch.events().size() >= CUSTOM_PLAN_THRESHOLD) {
            forceCustomPlans(connection);
        }
        Map<String, R> known = new HashMap<>();
        Map<String, Optional<R>> changes = batch.fold(projection, keys -> {
            known.putAll(moveAndLoad(connection, batch, keys));
            return known;
        });
        if (changes.isEmpty()) {
            moveAndLoad(connection, batch, Set.of());
        }
        List<String> removed = new ArrayList<>();
        List<R> rows = new ArrayList<>();
        changes.forEach((key, row) -> row.ifPresentOrElse(rows::add, () -> removed.add(key)));
        table.remove(connection, table.name(), removed);
        table.save(connection, table.name(), rows, known.keySet());
        return true;
    }

    /** Locks the checkpoint, so that a concurrent runner waits and then finds it moved. */
    private Map<String, R> moveAndLoad(Connection connection, Batch batch, Set<String> keys) {
        try {
            List<Optional<R>> rows = Database.list(
                    connection,
                    moveAndLoad,
                    statement -> {
                        statement.setLong(1, batch.through());
                        statement.setString(2, projection.name());
                        statement.setLong(3, batch.after());
                        Columns.setArray(statement, 4, "text", keys, each -> each);
                    },
                    row -> row.getBoolean("there") ? Optional.of(table.reader().read(row)) : Optional.empty());
            if (rows.isEmpty()) {
                throw new CheckpointElsewhere();
            }
            return table.byKey(rows.stream().flatMap(Optional::stream).toList());
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    private void createCheckpoint(Connection connection) throws SQLException {
        Database.change(connection, CREATE_CHECKPOINT, statement -> statement.setString(1, projection.name()));
    }

    @Override
    public void reset() {
        projector.inTransaction(connection -> {
            createCheckpoint(connection);
            Database.change(connection, RESET_CHECKPOINT, statement -> statement.setString(1, projection.name()));
            setStatementTimeout(connection, RESET_TIMEOUT);
            table.clear(connection, table.name());
            return true;
        });
    }

    /** Plans each statement of this transaction for its parameters; a cached plan for few keys can be slow for many. */
    static void forceCustomPlans(Connection connection) throws SQLException {
        Database.list(connection, CUSTOM_PLANS, parameters -> {}, row -> row.getString(1));
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

package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The rows and the checkpoint of one projection in PostgreSQL. A batch is one transaction of three round trips: one
 * statement compares and sets the checkpoint and loads the affected rows, the events are folded in memory, another
 * statement writes the rows, and the commit does not wait for the disk. Thread-safe, also between processes.
 *
 * @param <R> the rows
 */
public final class PostgresReadModel<R> implements ReadModelStore {

    private static final String CHECKPOINT = Sql.of(PostgresReadModel.class, "checkpoint.sql");
    private static final String CREATE_CHECKPOINT = Sql.of(PostgresReadModel.class, "create-checkpoint.sql");
    private static final String MOVE_CHECKPOINT = Sql.of(PostgresReadModel.class, "move-checkpoint.sql");

    private final Database projector;
    private final Projection<?, R> projection;
    private final RowTable<R> table;
    private final PostgresGenerations generations;
    private final String moveServing;
    private final String moveCopy;

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
        this.generations = new PostgresGenerations(projector, projection, table);
        this.moveServing = moveServingSql(table);
        this.moveCopy = moveCopySql(table);
    }

    static String moveServingSql(RowTable<?> table) {
        return MOVE_CHECKPOINT.formatted("checkpoints", table.loadSql());
    }

    static String moveCopySql(RowTable<?> table) {
        return MOVE_CHECKPOINT.formatted("copies", table.loadSql());
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
        return apply(batch, OptionalInt.empty());
    }

    @Override
    public boolean apply(Batch batch, int generation) {
        return apply(batch, OptionalInt.of(generation));
    }

    private boolean apply(Batch batch, OptionalInt copy) {
        try {
            return projector.inTransaction(connection -> {
                boolean applied = apply(batch, copy, connection);
                if (applied) {
                    batch.beforeCommit().run();
                }
                return applied;
            });
        } catch (CheckpointElsewhere e) {
            return false;
        } catch (PoisonedEventException e) { // perhaps before the checkpoint was compared
            if (hasMovedFrom(batch.after(), copy, e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean hasMovedFrom(long expected, OptionalInt copy, PoisonedEventException poisoned) {
        try {
            return copy.isEmpty()
                    ? checkpoint() != expected
                    : generations
                            .status()
                            .copy()
                            .filter(now -> now.generation() == copy.getAsInt() && now.position() == expected)
                            .isEmpty();
        } catch (StoreUnavailableException e) {
            poisoned.addSuppressed(e);
            return false;
        }
    }

    /** The generation whose checkpoint was moved, and its rows before the batch. */
    private record Moved<R>(int generation, Map<String, R> rows) {}

    private boolean apply(Batch batch, OptionalInt copy, Connection connection) throws SQLException {
        if (!batch.history().equals(projector.history(connection))) {
            return false;
        }
        if (batch.after() == 0 && copy.isEmpty()) {
            createCheckpoint(connection, projection);
        }
        var moved = new AtomicReference<Moved<R>>();
        Map<String, Optional<R>> changes = batch.fold(projection, keys -> {
            moved.set(moveAndLoad(connection, batch, copy, keys));
            return moved.get().rows();
        });
        if (changes.isEmpty()) {
            moveAndLoad(connection, batch, copy, Set.of());
            return true;
        }
        List<String> removed = new ArrayList<>();
        List<R> rows = new ArrayList<>();
        changes.forEach((key, row) -> row.ifPresentOrElse(rows::add, () -> removed.add(key)));
        int generation = moved.get().generation();
        table.remove(connection, generation, removed);
        table.save(connection, generation, rows, moved.get().rows().keySet());
        return true;
    }

    /** Locks the checkpoint, so that a concurrent runner waits and then finds it moved. */
    private Moved<R> moveAndLoad(Connection connection, Batch batch, OptionalInt copy, Set<String> keys) {
        try {
            var generation = new AtomicInteger();
            List<Optional<R>> rows = Database.list(
                    connection,
                    copy.isPresent() ? moveCopy : moveServing,
                    statement -> {
                        statement.setLong(1, batch.through());
                        statement.setString(2, projection.name());
                        statement.setLong(3, batch.after());
                        statement.setInt(4, projection.version());
                        statement.setObject(5, copy.isPresent() ? copy.getAsInt() : null, Types.INTEGER);
                        statement.setString(6, projection.name());
                        Columns.setArray(statement, 7, "text", keys, each -> each);
                    },
                    row -> {
                        generation.set(row.getInt("generation"));
                        return row.getBoolean("there")
                                ? Optional.of(table.reader().read(row))
                                : Optional.empty();
                    });
            if (rows.isEmpty()) {
                throw new CheckpointElsewhere();
            }
            return new Moved<>(
                    generation.get(),
                    table.byKey(rows.stream().flatMap(Optional::stream).toList()));
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    static void createCheckpoint(Connection connection, Projection<?, ?> projection) throws SQLException {
        Database.change(connection, CREATE_CHECKPOINT, statement -> {
            statement.setString(1, projection.name());
            statement.setInt(2, projection.version());
        });
    }

    @Override
    public Generations generations() {
        return generations;
    }
}

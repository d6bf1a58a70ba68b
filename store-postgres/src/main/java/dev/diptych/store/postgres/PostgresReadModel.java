package dev.diptych.store.postgres;

import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows and the checkpoint of one projection in PostgreSQL. A batch is one transaction: the checkpoint is compared
 * and set, the touched rows are loaded at once, folded in memory, and written at once. Safe for use by many threads and
 * processes.
 *
 * @param <R> the rows
 */
public final class PostgresReadModel<R> implements ReadModelStore {

    /** To empty a table takes as long as the table is long. */
    private static final Duration LONGEST_RESET = Duration.ofMinutes(10);

    /** So many events are worth a plan of their own. */
    private static final int MANY = 100;

    private static final String CHECKPOINT = Sql.of(PostgresReadModel.class, "checkpoint.sql");
    private static final String BEGIN_CHECKPOINT = Sql.of(PostgresReadModel.class, "begin-checkpoint.sql");
    private static final String MOVE_CHECKPOINT = Sql.of(PostgresReadModel.class, "move-checkpoint.sql");
    private static final String RESET_CHECKPOINT = Sql.of(PostgresReadModel.class, "reset-checkpoint.sql");

    private final Database projector;
    private final Projection<?, R> projection;
    private final RowTable<R> table;

    /**
     * A read model.
     *
     * @param projector with the rights to write rows and checkpoints
     */
    public PostgresReadModel(Database projector, Projection<?, R> projection, RowTable<R> table) {
        this.projector = projector;
        this.projection = projection;
        this.table = table;
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
        return projector.inTransaction(connection -> {
            if (!batch.history().equals(projector.history(connection)) || !moveCheckpoint(connection, batch)) {
                return false;
            }
            if (batch.events().size() >= MANY) {
                Database.planAnew(connection);
            }
            Map<String, R> known = new HashMap<>();
            Map<String, Optional<R>> changes = batch.fold(projection, keys -> {
                known.putAll(table.load(connection, table.name(), keys));
                return known;
            });
            List<String> gone = new ArrayList<>();
            List<R> rows = new ArrayList<>();
            changes.forEach((key, row) -> row.ifPresentOrElse(rows::add, () -> gone.add(key)));
            table.remove(connection, table.name(), gone);
            table.save(connection, table.name(), rows, known.keySet());
            return true;
        });
    }

    /** First of all: the row is locked until the end, so that of two runners the second finds it moved. */
    private boolean moveCheckpoint(Connection connection, Batch batch) throws SQLException {
        if (batch.after() == 0) {
            beginCheckpoint(connection);
        }
        int moved = Database.change(connection, MOVE_CHECKPOINT, statement -> {
            statement.setLong(1, batch.through());
            statement.setString(2, projection.name());
            statement.setLong(3, batch.after());
        });
        return moved == 1;
    }

    private void beginCheckpoint(Connection connection) throws SQLException {
        Database.change(connection, BEGIN_CHECKPOINT, statement -> statement.setString(1, projection.name()));
    }

    @Override
    public void reset() {
        projector.inTransaction(connection -> {
            beginCheckpoint(connection);
            Database.change(connection, RESET_CHECKPOINT, statement -> statement.setString(1, projection.name()));
            Database.allow(connection, LONGEST_RESET);
            table.clear(connection, table.name());
            return true;
        });
    }
}

package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.laws.EventLaws;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Views;
import dev.diptych.store.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresEventLawsTest extends EventLaws {

    private static final String KILL_BLOCKED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static TestDatabase on;

    @BeforeAll
    static void create() {
        on = Contexts.fresh();
    }

    @AfterAll
    static void drop() {
        on.close();
    }

    @Override
    protected EventStore openStore() {
        on.execute(readModels()
                .map(each -> "TRUNCATE diptych." + table(each).name())
                .toArray(String[]::new));
        on.reopen();
        return on.store();
    }

    @Override
    protected int lists() {
        return 8;
    }

    @Override
    protected int manyLists() {
        return 30;
    }

    @Override
    protected List<Views> contexts() {
        return Contexts.views(on.database());
    }

    private Stream<ReadModelStore> readModels() {
        return contexts().stream().flatMap(views -> views.readModels().stream());
    }

    private static RowTable<?> table(ReadModelStore readModel) {
        return ((PostgresReadModel<?>) readModel).table();
    }

    @Override
    protected Collection<?> rows(ReadModelStore readModel) {
        return on.database()
                .list(
                        "SELECT * FROM diptych." + table(readModel).name() + " WHERE generation = coalesce((SELECT"
                                + " generation FROM diptych.checkpoints WHERE projection = ?), 1)",
                        statement -> statement.setString(1, readModel.projection()),
                        table(readModel).reader());
    }

    /** Kills the session between the move of the checkpoint and the commit, if the batch changes rows. */
    @Override
    protected void interrupt(ReadModelStore readModel, Batch batch) {
        try (Connection blocker = on.source().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE diptych." + table(readModel).name() + " IN SHARE MODE");
            CompletableFuture<Boolean> applying = CompletableFuture.supplyAsync(
                    () -> applied(readModel, batch),
                    task -> Thread.ofPlatform().daemon().start(task));
            Waiting.until("the batch is blocked or applied", () -> applying.isDone() || killed(statement));
            applying.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            blocker.rollback();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean applied(ReadModelStore readModel, Batch batch) {
        try {
            return readModel.apply(batch);
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static boolean killed(Statement statement) throws SQLException {
        return statement.executeQuery(KILL_BLOCKED).next();
    }

    @Override
    protected EventStore changeHistory(EventStore store) {
        on.execute("SELECT diptych.add_history()");
        on.leaveHistory();
        return on.store();
    }
}

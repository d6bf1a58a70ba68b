package dev.diptych.api;

import dev.diptych.api.ops.Insight;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresCheckpoints;
import dev.diptych.store.postgres.PostgresEventStore;
import dev.diptych.store.postgres.PostgresLease;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.PostgresStandings;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.customers.PostgresActiveCustomers;
import dev.diptych.store.postgres.orders.PostgresOrderList;
import dev.diptych.store.postgres.orders.PostgresOrderSummaries;
import dev.diptych.store.postgres.orders.PostgresProductSalesList;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptionSummaries;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Puts the PostgreSQL store together: three roles, each with connections of its own, and everything on them. */
final class PostgresStore {

    /** Every folder of migrations, in the order in which they run. */
    private static final List<PostgresSchema.Component> SCHEMA = List.of(
            PostgresSchema.EVENTS,
            PostgresOrderSummaries.SCHEMA,
            PostgresSubscriptionSummaries.SCHEMA,
            PostgresActiveCustomers.SCHEMA);

    private PostgresStore() {}

    /**
     * Who logs in for what.
     *
     * @param owner migrates
     * @param writer appends and reads streams
     * @param projector reads all events, and writes read models
     * @param reader reads read models
     */
    record Access(Settings owner, Settings writer, Settings projector, Settings reader) {}

    /** On an embedded PostgreSQL, which is started first and stopped last. */
    static Store embedded(Path data) {
        EmbeddedServer server = EmbeddedServer.start(data);
        return open(server.toString(), toClose -> {
            toClose.push(server::close);
            Migrations.run(server.access().owner(), SCHEMA);
            server.createUsers();
            return server.access();
        });
    }

    /**
     * On a PostgreSQL that runs already.
     *
     * @throws IllegalStateException when the schema is older than this program
     */
    static Store open(String name, Access access, boolean migrate) {
        return open(name, toClose -> {
            if (migrate) {
                Migrations.run(access.owner(), SCHEMA);
            }
            return access;
        });
    }

    /** Closes, in whatever way this ends, what was opened before, the last first. */
    private static Store open(String name, Function<Deque<Runnable>, Access> prepare) {
        Deque<Runnable> toClose = new ArrayDeque<>();
        try {
            Access access = prepare.apply(toClose);
            PostgresPool writers = opened(access.writer(), toClose);
            PostgresPool projectors = opened(access.projector(), toClose);
            PostgresPool readers = opened(access.reader(), toClose);
            var wakeUps = new PostgresWakeUps(projectors.kept());
            toClose.push(wakeUps::close);
            return store(
                    name,
                    new Database(writers.pooled()),
                    new Database(projectors.pooled()),
                    new Database(readers.pooled()),
                    wakeUps,
                    () -> toClose.forEach(Runnable::run));
        } catch (RuntimeException e) {
            toClose.forEach(Runnable::run);
            throw e;
        }
    }

    private static PostgresPool opened(Settings settings, Deque<Runnable> toClose) {
        var pool = new PostgresPool(settings);
        toClose.push(pool::close);
        return pool;
    }

    private static Store store(
            String name,
            Database writer,
            Database projector,
            Database reader,
            PostgresWakeUps wakeUps,
            Runnable onClose) {
        PostgresSchema.require(reader, SCHEMA);
        PostgresSchema.requirePositions(projector);
        String node = Store.newNode();
        List<ReadModelStore> readModels = List.of(
                PostgresOrderSummaries.readModel(projector),
                PostgresOrderList.readModel(projector),
                PostgresProductSalesList.readModel(projector),
                PostgresSubscriptionSummaries.readModel(projector),
                PostgresActiveCustomers.readModel(projector));
        return new Store(
                name,
                new PostgresEventStore(writer, projector, wakeUps),
                readModels,
                projection -> new PostgresLease(projector, projection, node, PostgresLease.DEFAULT_LENGTH),
                new PostgresCheckpoints(reader),
                new PostgresOrderSummaries(reader),
                new PostgresOrderList(reader),
                new PostgresProductSalesList(reader),
                new PostgresSubscriptionSummaries(reader),
                new PostgresActiveCustomers(reader),
                new Insight(new PostgresStandings(
                        projector,
                        readModels.stream().map(ReadModelStore::projection).toList())),
                onClose);
    }
}

package dev.diptych.api.bench;

import dev.diptych.api.bench.Rounds.Result;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Compares the projection of many events into each read model with reading them by SELECT. */
final class CatchUp {

    private static final int PLAIN_PAGE = 1_000;

    private final DataSource source;
    private final Database database;
    private final EventStore store;
    private final PlainTable plain;
    private final EventCodec codec = StoredEvents.codec();

    CatchUp(DataSource source, Database database, EventStore store, PlainTable plain) {
        this.source = source;
        this.database = database;
        this.store = store;
        this.plain = plain;
    }

    /** Stores so many events: nothing else is in the store, and in the plain table, after that. */
    void fill(int events) throws SQLException {
        plain.execute("ALTER TABLE diptych.events DISABLE TRIGGER events_are_immutable");
        plain.execute("TRUNCATE diptych.events");
        plain.execute("ALTER TABLE diptych.events ENABLE ALWAYS TRIGGER events_are_immutable");
        var history = new History();
        for (int stored = 0; stored < events; stored += 1_000) {
            store(history.next(1_000));
        }
        plain.copyFromStore();
    }

    private void store(List<History.Entry> entries) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO diptych.events"
                        + " (position, stream_name, version, type, schema_version, payload, metadata)"
                        + " VALUES (nextval('diptych.event_position'), ?, ?, ?, ?, ?::json, ?::json)")) {
            connection.setAutoCommit(false);
            for (History.Entry entry : entries) {
                statement.setString(1, entry.stream());
                statement.setLong(2, entry.version());
                statement.setString(3, entry.event().type());
                statement.setInt(4, entry.event().schemaVersion());
                statement.setString(5, entry.event().payload());
                statement.setString(6, entry.event().metadata());
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    Result readAll(int rounds) throws Exception {
        return new Rounds(1, rounds, 1).compare(1, client -> readStore(), client -> plain.readAll(PLAIN_PAGE));
    }

    private long readStore() {
        long head = store.head();
        long after = 0;
        long read = 0;
        while (after < head) {
            EventPage page = store.readAll(after, PLAIN_PAGE);
            after = page.events().getLast().position();
            read += page.events().size();
        }
        return read;
    }

    /** What came out for each projection, by what is to be printed before it. */
    Map<String, Result> eachProjection(int rounds) throws Exception {
        Map<String, Result> results = new LinkedHashMap<>();
        for (ReadModelStore model : readModels()) {
            try (var heap = new Heap()) {
                Result result = new Rounds(1, rounds, 1).compare(() -> catchUp(model), this::readPlain);
                results.put("catch up `" + model.projection() + "`, events; heap " + heap.inWords(), result);
            }
        }
        return results;
    }

    private List<ReadModelStore> readModels() {
        return Stream.of(
                        new PostgresOrders(database),
                        new PostgresSubscriptions(database),
                        new PostgresCustomers(database))
                .flatMap(context -> context.readModels().stream())
                .toList();
    }

    private double catchUp(ReadModelStore model) throws SQLException {
        EmptyCopy.serve(model);
        while (model.generations().deleteUnused(10_000)) {
            // the next rows
        }
        plain.execute("VACUUM"); // away with the rows of the time before
        long head = store.head();
        long events = plain.readAll(PLAIN_PAGE);
        long began = System.nanoTime();
        try (var runner = new ProjectionRunner(store, codec, model, ProjectionRunner.Pace.DEFAULT)) {
            runner.start();
            while (model.checkpoint() < head) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        return events * 1e9 / (System.nanoTime() - began);
    }

    private double readPlain() throws SQLException {
        long began = System.nanoTime();
        return plain.readAll(PLAIN_PAGE) * 1e9 / (System.nanoTime() - began);
    }
}

package dev.diptych.api.bench;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresEventStore;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.customers.PostgresActiveCustomers;
import dev.diptych.store.postgres.orders.PostgresOrderList;
import dev.diptych.store.postgres.orders.PostgresOrderSummaries;
import dev.diptych.store.postgres.orders.PostgresProductSalesList;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptionSummaries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * How fast the stores are beside the plain way to do the same, on the same server and through the same pool: {@code mvn -q
 * -Pbench}, or less exactly {@code mvn -q -Pbench -Dquick}. Prints a table; nothing fails on it.
 */
public final class Benchmark {

    private static final String PAYLOAD = "{\"order_id\":\"o-1\",\"customer_id\":\"c-1\",\"amount\":\"15.00\","
            + "\"paid_at\":\"2026-01-01T10:00:00Z\",\"note\":\"" + "x".repeat(100) + "\"}";
    private static final NewEvent EVENT = new NewEvent("order-paid", 1, PAYLOAD, "{}");
    private static final int CLIENTS = 32;

    private final boolean quick;
    private final Rounds rounds;
    private final DataSource source;
    private final Database database;
    private final EventStore store;
    private final AtomicLong streams = new AtomicLong();

    private Benchmark(boolean quick, PostgresPool pool, PostgresWakeUps wakeUps) {
        this.quick = quick;
        this.rounds = quick ? new Rounds(3, 700) : new Rounds(9, 2_000);
        this.source = pool.pooled();
        this.database = new Database(source);
        this.store = new PostgresEventStore(database, database, wakeUps);
    }

    /** Runs it on the database whose URL is the first argument; the second may be {@code quick}. */
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.of(args[0], "postgres", "", "bench").withSize(CLIENTS);
        try (var pool = new PostgresPool(settings);
                var wakeUps = new PostgresWakeUps(pool.kept())) {
            new Benchmark(args.length > 1 && args[1].equals("quick"), pool, wakeUps).run();
        }
    }

    private void run() throws Exception {
        execute(
                "CREATE TABLE public.plain (position bigserial PRIMARY KEY, stream_name text NOT NULL, version bigint NOT NULL,"
                        + " type text NOT NULL, payload json NOT NULL, metadata json NOT NULL)");
        System.out.println("what | ratio (lowest to highest) | ours a second | plain a second");
        System.out.println("---|---|---|---");
        for (int clients : new int[] {1, 8, 32}) {
            report(
                    "append to new streams, " + clients + " clients",
                    rounds.compare(clients, this::append, this::insert));
        }
        report("load 10 and append 1, 8 clients", loadAndAppend());
        execute("CREATE UNIQUE INDEX plain_by_stream ON public.plain (stream_name, version)");
        for (int length : new int[] {10, 100, 1_000}) {
            report("load a stream of " + length, load(length));
        }
        fill(quick ? 100_000 : 500_000);
        report("read everything in order, events", readAll());
        catchUp();
        memory();
    }

    private static void report(String what, Rounds.Result result) {
        System.out.println(what + " | " + result.inWords());
    }

    // Append

    private long append(int client) {
        store.append(new StreamName("new-" + streams.incrementAndGet()), ExpectedVersion.noStream(), List.of(EVENT));
        return 1;
    }

    private long insert(int client) throws SQLException {
        insert("new-" + streams.incrementAndGet(), 1);
        return 1;
    }

    private void insert(String stream, long version) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO public.plain (stream_name, version, type, payload, metadata)"
                                + " VALUES (?, ?, ?, ?::json, ?::json)")) {
            statement.setString(1, stream);
            statement.setLong(2, version);
            statement.setString(3, EVENT.type());
            statement.setString(4, EVENT.payload());
            statement.setString(5, EVENT.metadata());
            statement.executeUpdate();
        }
    }

    // Load

    private Rounds.Result loadAndAppend() throws Exception {
        for (int client = 0; client < 8; client++) {
            store.append(new StreamName("ten-" + client), ExpectedVersion.any(), Collections.nCopies(10, EVENT));
            for (int version = 1; version <= 10; version++) {
                insert("ten-" + client, version);
            }
        }
        execute("CREATE INDEX plain_for_loading ON public.plain (stream_name, version)");
        Rounds.Result result = rounds.compare(
                8,
                client -> {
                    List<RecordedEvent> events = store.readStream(new StreamName("ten-" + client), 0, 10);
                    store.append(
                            new StreamName("after-" + streams.incrementAndGet()),
                            ExpectedVersion.any(),
                            List.of(EVENT));
                    return events.size() / 10;
                },
                client -> {
                    int rows = select("ten-" + client, 10);
                    insert("after-" + streams.incrementAndGet(), 1);
                    return rows / 10;
                });
        execute("DROP INDEX public.plain_for_loading");
        return result;
    }

    private Rounds.Result load(int length) throws Exception {
        String name = "long-" + length;
        store.append(new StreamName(name), ExpectedVersion.noStream(), Collections.nCopies(length, EVENT));
        for (int version = 1; version <= length; version++) {
            insert(name, version);
        }
        execute("VACUUM ANALYZE diptych.events", "VACUUM ANALYZE public.plain");
        return rounds.compare(
                1,
                client -> store.readStream(new StreamName(name), 0, length).size() / length,
                client -> select(name, length) / length);
    }

    private int select(String stream, int limit) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT position, stream_name, version, type, payload, metadata FROM public.plain"
                                + " WHERE stream_name = ? ORDER BY version LIMIT ?")) {
            statement.setString(1, stream);
            statement.setInt(2, limit);
            return rows(statement).size();
        }
    }

    /** Reads all columns of all rows, and returns their positions. */
    private static List<Long> rows(PreparedStatement statement) throws SQLException {
        List<Long> positions = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(new Object[] {
                    result.getLong(1),
                    result.getString(2),
                    result.getLong(3),
                    result.getString(4),
                    result.getString(5),
                    result.getString(6)
                });
            }
        }
        rows.forEach(row -> positions.add((Long) row[0]));
        return positions;
    }

    // Everything

    private void fill(int events) {
        String item = "[{\"sku\":\"k-' || i % 500 || '\",\"quantity\":2,\"unit_price\":\"7.50\"}]";
        execute("INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)"
                + " SELECT nextval('diptych.event_position'), 'order-f-' || i, 1, 'order-placed', 1,"
                + " ('{\"order_id\":\"f-' || i || '\",\"customer_id\":\"c-' || i % 5000 || '\",\"items\":" + item
                + ",\"total\":\"15.00\",\"placed_at\":\"2026-01-01T10:00:00Z\"}')::json, '{}'"
                + " FROM generate_series(1, " + events + ") i");
        execute("TRUNCATE public.plain", "DROP INDEX IF EXISTS public.plain_by_stream");
        execute("INSERT INTO public.plain (stream_name, version, type, payload, metadata)"
                + " SELECT stream_name, version, type, payload, metadata FROM diptych.events ORDER BY position");
        execute("VACUUM ANALYZE diptych.events", "VACUUM ANALYZE public.plain");
    }

    private Rounds.Result readAll() throws Exception {
        var once = new Rounds(quick ? 2 : 5, 1);
        return once.compare(1, client -> readOurs(), client -> readPlain());
    }

    private long readOurs() {
        long after = 0;
        long read = 0;
        EventPage page;
        do {
            page = store.readAll(after, 1_000);
            after = page.through();
            read += page.events().size();
        } while (page.events().size() == 1_000);
        return read;
    }

    private long readPlain() throws SQLException {
        long read = 0;
        long after = 0;
        List<Long> page;
        do {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "SELECT position, stream_name, version, type, payload, metadata FROM public.plain"
                                    + " WHERE position > ? ORDER BY position LIMIT 1000")) {
                statement.setLong(1, after);
                page = rows(statement);
            }
            after = page.isEmpty() ? after : page.getLast();
            read += page.size();
        } while (page.size() == 1_000);
        return read;
    }

    private void catchUp() throws Exception {
        for (ReadModelStore model : List.of(
                PostgresOrderSummaries.readModel(database),
                PostgresOrderList.readModel(database),
                PostgresProductSalesList.readModel(database),
                PostgresSubscriptionSummaries.readModel(database),
                PostgresActiveCustomers.readModel(database))) {
            var once = new Rounds(1, 1);
            report(
                    "catch up " + model.projection() + ", events",
                    once.compare(1, client -> catchUp(model), client -> readPlain()));
        }
    }

    private long catchUp(ReadModelStore model) {
        model.reset();
        var codec = StoredEvents.codec();
        long applied = 0;
        EventPage page;
        do {
            long after = model.checkpoint();
            page = store.readAll(after, 500);
            List<PublishedEvent<?>> events = new ArrayList<>();
            for (RecordedEvent event : page.events()) {
                if (event.stream().value().startsWith("order-f-")) {
                    events.add(new PublishedEvent<>(codec.decode(event), event.version(), event.position()));
                }
            }
            model.apply(new Batch(after, page.through(), events));
            applied += page.events().size();
        } while (page.events().size() == 500);
        return applied;
    }

    // Memory

    private void memory() throws Exception {
        var memory = new MemoryEventStore();
        Map<String, NewEvent> map = new ConcurrentHashMap<>();
        report(
                "memory: append to new streams, 1 client, beside ConcurrentHashMap.put",
                new Rounds(rounds.count(), Math.min(300, rounds.millis()))
                        .compare(
                                1,
                                client -> {
                                    memory.append(
                                            new StreamName("m-" + streams.incrementAndGet()),
                                            ExpectedVersion.noStream(),
                                            List.of(EVENT));
                                    return 1;
                                },
                                client -> {
                                    return map.put("m-" + streams.incrementAndGet(), EVENT) == null ? 1 : 0;
                                }));
    }

    private void execute(String... statements) {
        for (String sql : statements) {
            database.run(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("SET statement_timeout = 0");
                    return statement.execute(sql);
                }
            });
        }
    }
}

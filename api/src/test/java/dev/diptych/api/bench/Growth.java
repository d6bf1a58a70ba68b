package dev.diptych.api.bench;

import dev.diptych.api.bench.Rounds.Result;
import dev.diptych.api.launch.Main;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.customers.read.active.ListActiveCustomers;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.LogReader;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What becomes slower, and by how much, as the log grows from 10,000 to 10,000,000 events. Events are stored through
 * the port, and applied by all projections together. It stops after an hour, and says where.
 */
final class Growth {

    private static final int CHUNK = 4_000;
    private static final int WRITERS = 16;
    private static final NewEvent EVENT = new NewEvent("order-paid", 1, "{\"note\":\"" + "x".repeat(200) + "\"}", "{}");

    private final String url;
    private final Database database;
    private final EventStore store;
    private final PlainTable plain;
    private final long end;
    private final History history = new History();
    private final Rounds rounds = new Rounds(10, 21, 150);
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private long added;

    Growth(String url, Database database, EventStore store, PlainTable plain, Duration time) {
        this.url = url;
        this.database = database;
        this.store = store;
        this.plain = plain;
        this.end = System.nanoTime() + time.toNanos();
    }

    private static final class OutOfTime extends Exception {
        private static final long serialVersionUID = 1L;

        OutOfTime(String where) {
            super(where);
        }
    }

    private void checkTime(String where, long done) throws OutOfTime {
        if (System.nanoTime() - end > 0) {
            throw new OutOfTime(String.format(Locale.ROOT, "%s, at event %,d", where, done));
        }
    }

    void run() throws Exception {
        try {
            for (int size = 10_000; size <= 10_000_000; size *= 10) {
                System.out.printf(Locale.ROOT, "%n%,d events%n", size);
                fill(size);
                catchUp();
                measure(size);
            }
        } catch (OutOfTime e) {
            System.out.println("Out of time: " + e.getMessage());
        } finally {
            writers.shutdownNow();
        }
    }

    private void fill(int size) throws Exception {
        long from = added;
        long began = System.nanoTime();
        while (added < size) {
            checkTime("storing", added);
            store(history.next(CHUNK));
            added += CHUNK;
        }
        print("stored through the port, events a second", rate(added - from, began));
    }

    /** Each stream belongs to one writer, so that its events are in order. */
    private void store(List<History.Entry> entries) throws Exception {
        Map<String, List<History.Entry>> streams = new LinkedHashMap<>();
        entries.forEach(each -> streams.computeIfAbsent(each.stream(), name -> new ArrayList<>())
                .add(each));
        List<Future<Void>> running = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            running.add(writers.submit((Callable<Void>) () -> {
                for (List<History.Entry> stream : streams.values()) {
                    if (Math.floorMod(stream.getFirst().stream().hashCode(), WRITERS) == number) {
                        append(stream);
                    }
                }
                return null;
            }));
        }
        for (Future<Void> each : running) {
            each.get();
        }
    }

    private void append(List<History.Entry> entries) {
        History.Entry first = entries.getFirst();
        store.append(
                new StreamName(first.stream()),
                first.version() == 1
                        ? ExpectedVersion.noStream()
                        : ExpectedVersion.exactly(first.version() - 1, store.history()),
                entries.stream().map(History.Entry::event).toList());
    }

    private void catchUp() throws Exception {
        long from = readModels().stream()
                .mapToLong(ReadModelStore::checkpoint)
                .min()
                .orElse(0);
        long head = store.head();
        long began = System.nanoTime();
        var log = new LogReader(store, StoredEvents.codec());
        List<ProjectionRunner> runners = readModels().stream()
                .map(rows -> new ProjectionRunner(log, rows, ProjectionRunner.Pace.DEFAULT, new Lease.Sole()))
                .toList();
        runners.forEach(ProjectionRunner::start);
        try {
            for (ReadModelStore each : readModels()) {
                while (each.checkpoint() < head) {
                    checkTime("catching up", each.checkpoint());
                    LockSupport.parkNanos(20_000_000);
                }
            }
        } finally {
            runners.forEach(ProjectionRunner::close);
        }
        print("five projections catch up, events a second", rate(head - from, began));
    }

    /** The baseline of a load and of each query is a SELECT of one stream by its index, of as many events. */
    private void measure(int size) throws Exception {
        plain.copyFromStore();
        plain.settle();
        String orderId = order(size / 2);
        StreamName stream = new StreamName("order-" + orderId);
        var orders = new PostgresOrders(database);
        var customers = new PostgresCustomers(database);
        var page = new ListOrders(Optional.empty(), Optional.empty(), Optional.empty(), 20);
        var paid = new ListOrders(Optional.of("c-7"), Optional.of(OrderStatus.PAID), Optional.empty(), 20);
        compare("append to new streams, beside INSERT", client -> appendOne(), client -> insertOne());
        compareWithSelect("load a stream of 3", stream, () -> store.readStream(stream, 0, 3));
        compareWithSelect("an order", stream, () -> orders.summaries().find(orderId));
        compareWithSelect("a page of the list", stream, () -> orders.list().list(page));
        compareWithSelect(
                "a customer's paid orders", stream, () -> orders.list().list(paid));
        compareWithSelect(
                "a page of product sales",
                stream,
                () -> orders.sales().list(new GetProductSales(Optional.empty(), 20)));
        compareWithSelect(
                "a page of active customers",
                stream,
                () -> customers.active().list(new ListActiveCustomers(Optional.empty(), 20)));
        sizes();
        checkTime("before the start", size);
        Result start = new Rounds(0, 3, 0)
                .compare(
                        () -> StartUp.startsPerSecond(
                                Main.class,
                                "--port=0",
                                "--store=postgres",
                                "--jdbc-url=" + url,
                                "--jdbc-user=postgres"),
                        () -> StartUp.startsPerSecond(StartUp.class));
        System.out.println("start until ready, beside a bare Javalin | " + start.inWords());
    }

    private String order(long position) {
        return store.readAll(position, CHUNK).events().stream()
                .filter(event -> event.type().equals("order-placed"))
                .findFirst()
                .orElseThrow()
                .stream()
                .id();
    }

    private void compareWithSelect(String what, StreamName stream, Runnable ours) throws Exception {
        compare(
                what,
                client -> {
                    ours.run();
                    return 1;
                },
                client -> Math.min(1, plain.readStream(stream.value(), 3)));
    }

    private void compare(String what, Rounds.Operation ours, Rounds.Operation bare) throws Exception {
        checkTime("measuring " + what, added);
        System.out.println(what + " | " + rounds.compare(1, ours, bare).inWords());
    }

    private long appendOne() {
        store.append(new StreamName("grown-" + UUID.randomUUID()), ExpectedVersion.noStream(), List.of(EVENT));
        return 1;
    }

    private long insertOne() throws Exception {
        plain.insert("grown-" + UUID.randomUUID(), 1, EVENT);
        return 1;
    }

    private void sizes() {
        database.list(
                        "SELECT c.relname || ': ' || pg_size_pretty(pg_total_relation_size(c.oid))"
                                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = 'diptych' AND c.relkind = 'r'"
                                + " ORDER BY pg_total_relation_size(c.oid) DESC LIMIT 7",
                        statement -> {},
                        row -> row.getString(1))
                .forEach(System.out::println);
    }

    private List<ReadModelStore> readModels() {
        return Stream.of(
                        new PostgresOrders(database),
                        new PostgresSubscriptions(database),
                        new PostgresCustomers(database))
                .flatMap(context -> context.readModels().stream())
                .toList();
    }

    private static double rate(long events, long began) {
        return events * 1e9 / (System.nanoTime() - began);
    }

    private static void print(String what, double rate) {
        System.out.printf(Locale.ROOT, "%s: %,.0f%n", what, rate);
    }
}

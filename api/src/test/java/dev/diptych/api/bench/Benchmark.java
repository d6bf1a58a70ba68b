package dev.diptych.api.bench;

import com.sun.management.ThreadMXBean;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import dev.diptych.api.bench.Rounds.Result;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.launch.PostgresStore;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.events.PostgresEventStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the stores with plain JDBC, on the same server and pool: {@code mvn -q -Pbench}, or with fewer rounds
 * {@code mvn -q -Pbench -Dbench.mode=quick}. Prints a table; nothing fails on it.
 */
public final class Benchmark {

    private static final NewEvent EVENT = new NewEvent(
            "order-paid",
            1,
            "{\"order_id\":\"o-1\",\"customer_id\":\"c-1\",\"amount\":\"15.00\","
                    + "\"paid_at\":\"2026-01-01T10:00:00Z\",\"note\":\"" + "x".repeat(100) + "\"}",
            "{}");
    private static final int CLIENTS = 32;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final boolean quick;
    private final Settings settings;
    private final Rounds rounds;
    private final Database writer;
    private final EventStore store;
    private final PlainTable plain;
    private final CatchUp catchUp;
    private final AtomicLong streams = new AtomicLong();

    private Benchmark(boolean quick, Settings settings, PostgresPool pool, PostgresWakeUps wakeUps)
            throws SQLException {
        this.quick = quick;
        this.settings = settings;
        this.rounds = quick ? new Rounds(10, 31, 150) : new Rounds(10, 51, 300);
        this.writer = Database.ofWriter(pool.pooled());
        this.store = new PostgresEventStore(writer, writer, wakeUps);
        this.plain = new PlainTable(pool.pooled());
        this.catchUp = new CatchUp(pool.pooled(), writer, store, plain);
    }

    /**
     * Runs the benchmark on a database.
     *
     * @param args the URL of the database; {@code quick} or {@code full}; and the parts to run, by default all:
     *     {@code append},
     *     {@code load}, {@code catch-up}, {@code memory}, {@code http}, {@code streams}, {@code commands},
     *     {@code start}; and alone, {@code growth}
     */
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.of(args[0], "postgres", "", "bench").withSize(CLIENTS);
        List<String> parts = args.length > 2
                ? List.of(args).subList(2, args.length)
                : List.of("append", "load", "catch-up", "memory", "http", "streams", "commands", "start");
        try (var pool = new PostgresPool(settings);
                var wakeUps = new PostgresWakeUps(pool.dedicated())) {
            new Benchmark(args[1].equals("quick"), settings, pool, wakeUps).run(parts);
        }
    }

    private void run(List<String> parts) throws Exception {
        System.out.println("what | ratio (middle half of the rounds) | ours a second | plain a second");
        System.out.println("---|---|---|---");
        if (parts.contains("append")) {
            append();
        }
        plain.indexStreams();
        plain.settle();
        if (parts.contains("load")) {
            load();
        }
        if (parts.contains("catch-up")) {
            catchUp();
        }
        if (parts.contains("memory")) {
            memory();
        }
        if (parts.contains("http")) {
            http("", PostgresStore.open("bench", PostgresStore.Access.all(settings, settings, settings, settings)));
            writesOnly();
            http(" on memory", MemoryStore.open());
        }
        if (parts.contains("streams")) {
            streams(PostgresStore.open("bench", PostgresStore.Access.all(settings, settings, settings, settings)));
        }
        if (parts.contains("commands")) { // after http: no projection applies these events
            commands("", store);
            commands(" on memory", new MemoryEventStore());
        }
        if (parts.contains("start")) {
            StartUp.report(quick ? 7 : 21);
        }
        if (parts.contains("growth")) {
            new Growth(settings.url(), writer, store, plain, Duration.ofMinutes(60)).run();
        }
    }

    private void streams(Store opened) throws Exception {
        try (var streams = new Streams(opened)) {
            streams.report(5_000, quick ? 5 : 21);
        }
    }

    private void commands(String where, EventStore opened) throws Exception {
        var commands = new Commands(opened);
        for (int length : new int[] {10, 1_000, 100_000}) {
            Rounds few = length > 1_000 ? new Rounds(2, 5, 0) : new Rounds(20, 31, 0);
            report(
                    String.format(Locale.ROOT, "second command beside the first%s, %,d events", where, length),
                    commands.secondBesideFirst(length, few));
        }
    }

    /** The application takes longer to be compiled than the bare handler. */
    private void http(String where, Store opened) throws Exception {
        var rounds = new Rounds(60, this.rounds.count(), this.rounds.millis());
        try (var requests = new HttpRequests(opened, plain)) {
            String order = requests.place();
            for (int clients : new int[] {1, 32}) {
                report(
                        "`POST /orders`" + where + ", clients: " + clients,
                        rounds.compare(
                                clients,
                                client -> requests.post(true, client),
                                client -> requests.post(false, client)));
                report(
                        "`GET /orders/{id}`" + where + ", clients: " + clients,
                        rounds.compare(
                                clients,
                                client -> requests.get(true, client, order),
                                client -> requests.get(false, client, order)));
            }
            allocation("`POST /orders`" + where, application -> requests.post(application, 0));
            allocation("`GET /orders/{id}`" + where, application -> requests.get(application, 0, order));
            new Lag(requests).report(where, Duration.ofSeconds(quick ? 5 : 20));
        }
    }

    /** What a POST costs without the projections that follow it. */
    private void writesOnly() throws Exception {
        var access = new PostgresStore.Access(Optional.empty(), Set.of(Role.WRITE), Map.of(Role.WRITE, settings));
        var rounds = new Rounds(60, this.rounds.count(), this.rounds.millis());
        try (var requests = new HttpRequests(PostgresStore.open("bench", access), plain)) {
            for (int clients : new int[] {1, 32}) {
                report(
                        "`POST /orders` on a node that only writes, clients: " + clients,
                        rounds.compare(
                                clients,
                                client -> requests.post(true, client),
                                client -> requests.post(false, client)));
            }
        }
    }

    /** A request to the application, or to the bare handler. */
    private interface Request {
        long send(boolean application) throws IOException;
    }

    /** Includes the client, and for the application all projections. */
    private static void allocation(String what, Request request) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "kilobytes allocated for a %s: %.0f, plain %.0f%n",
                what,
                kB(request, true),
                kB(request, false));
    }

    private static double kB(Request request, boolean application) throws IOException {
        int count = 2_000;
        long before = THREADS.getTotalThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            request.send(application);
        }
        return (THREADS.getTotalThreadAllocatedBytes() - before) / 1e3 / count;
    }

    private static void report(String what, Result result) {
        System.out.println(what + " | " + result.inWords());
    }

    private void append() throws Exception {
        for (int clients : new int[] {1, 8, 32}) {
            report(
                    "append to new streams, clients: " + clients,
                    rounds.compare(clients, client -> appendOne(), client -> insertOne()));
        }
    }

    private long appendOne() {
        store.append(new StreamName("new-" + streams.incrementAndGet()), ExpectedVersion.noStream(), List.of(EVENT));
        return 1;
    }

    private long insertOne() throws SQLException {
        plain.insert("new-" + streams.incrementAndGet(), 1, EVENT);
        return 1;
    }

    private void load() throws Exception {
        report("load 10 and append 1, clients: 8", loadAndAppend());
        for (int length : new int[] {10, 100, 1_000}) {
            StreamName stream = fill("long-" + length, length);
            plain.settle();
            report(
                    "load a stream of " + length,
                    rounds.compare(
                            1,
                            client ->
                                    store.readStream(stream, 0, length).events().size() / length,
                            client -> plain.readStream(stream.value(), length) / length));
        }
    }

    private Result loadAndAppend() throws Exception {
        for (int client = 0; client < 8; client++) {
            fill("ten-" + client, 10);
        }
        return rounds.compare(
                8,
                client -> {
                    List<RecordedEvent> events = store.readStream(new StreamName("ten-" + client), 0, 10)
                            .events();
                    return appendOne() * events.size() / 10;
                },
                client -> {
                    int rows = plain.readStream("ten-" + client, 10);
                    return insertOne() * rows / 10;
                });
    }

    private StreamName fill(String name, int length) throws SQLException {
        var stream = new StreamName(name);
        store.append(stream, ExpectedVersion.noStream(), Collections.nCopies(length, EVENT));
        for (int version = 1; version <= length; version++) {
            plain.insert(name, version, EVENT);
        }
        return stream;
    }

    private void catchUp() throws Exception {
        catchUp.fill(quick ? 100_000 : 500_000);
        report("read everything in order, events", catchUp.readAll(quick ? 5 : 9));
        catchUp.eachProjection(quick ? 3 : 5).forEach(Benchmark::report);
    }

    private static void memory() throws Exception {
        for (boolean json : new boolean[] {false, true}) {
            String made = json ? ", JSON made and read" : "";
            report("memory: append to new streams" + made + ", beside `put`", MemoryRounds.append(json));
            report("memory: load a stream of 10" + made + ", beside `get`", MemoryRounds.load(json));
        }
    }
}

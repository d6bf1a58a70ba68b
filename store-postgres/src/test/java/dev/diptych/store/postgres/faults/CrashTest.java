package dev.diptych.store.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.events.PostgresEventStore;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed under load: every acknowledged append is stored once, and the read model is correct. The
 * server's default is asynchronous commit, which appends override.
 */
class CrashTest {

    private static final int WRITERS = 4;
    private static final Map<String, String> SETTINGS = Map.of("fsync", "on", "synchronous_commit", "off");
    private static final ProjectionRunner.Pace PACE =
            new ProjectionRunner.Pace(100, Duration.ofMillis(100), Duration.ofMillis(20), Duration.ofMillis(200));

    @TempDir
    private Path directory;

    private final Map<String, Receipt> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @Test
    void two_crashes_lose_and_duplicate_nothing() throws Exception {
        survives(2);
    }

    @Test
    @Tag("full")
    void twelve_crashes_lose_and_duplicate_nothing() throws Exception {
        survives(12);
    }

    /** The WAL writer is slow, so that a batch reaches the disk only when its commit waits for that. */
    @Test
    void a_batch_that_a_crash_undoes_is_applied_again() throws Exception {
        var slow = Map.of("fsync", "on", "wal_writer_delay", "10s");
        try (var server = PostgresServer.create(directory.resolve("data"), slow)) {
            var migrated = new TestServer(server.url("postgres"), List.of("events", "contract"), "postgres");
            assertThat(IntStream.range(0, 3).map(i -> checkpointAfterCrash(server, migrated)))
                    .as("the checkpoint, 1 when the WAL writer was just in time")
                    .contains(0);
            server.execute("postgres", "ALTER DATABASE postgres SET diptych.projection_commit = 'on'");
            assertThat(checkpointAfterCrash(server, migrated)).isEqualTo(1);
        }
    }

    private static int checkpointAfterCrash(PostgresServer server, TestServer migrated) {
        server.execute("postgres", "TRUNCATE diptych.tallies, diptych.checkpoints");
        Settings user = Settings.of(migrated.url("postgres"), "", "", "crash");
        try (var pool = new PostgresPool(user);
                var wakeUps = new PostgresWakeUps(pool.dedicated())) {
            var database = Database.ofProjector(pool.pooled());
            var store = new PostgresEventStore(database, database, wakeUps);
            var model = new PostgresReadModel<>(database, new Tallies(), PostgresTallies.table("tallies"));
            if (store.head() == 0) {
                var coin = Coin.CODEC.encode(new Coin("purse", 1), Map.of());
                store.append(new StreamName("s"), ExpectedVersion.any(), List.of(coin), Optional.empty());
            }
            var batch = new Batch(0, List.of(new PublishedEvent<>(new Coin("purse", 1), 1, 1)), store.history());
            assertThat(model.apply(batch)).isTrue();
            server.crash();
            Waiting.until("the server is back", () -> isBack(model));
            int checkpoint = (int) model.checkpoint();
            assertThat(server.query("postgres", "SELECT count(*) FROM diptych.tallies"))
                    .as("rows, as of checkpoint %s", checkpoint)
                    .isEqualTo(List.of(checkpoint == 0 ? "0" : "2"));
            assertThat(model.apply(batch)).isEqualTo(checkpoint == 0);
            return checkpoint;
        }
    }

    private static boolean isBack(PostgresReadModel<Tally> model) {
        try {
            return model.checkpoint() >= 0;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private void survives(int crashes) throws Exception {
        try (var server = PostgresServer.create(directory.resolve("data"), SETTINGS)) {
            var migrated = new TestServer(server.url("postgres"), List.of("events", "contract"), "postgres");
            try (var pool = new PostgresPool(Settings.of(migrated.url("postgres"), "", "", "crash")
                            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5)));
                    var wakeUps = new PostgresWakeUps(pool.dedicated())) {
                var database = Database.ofProjector(pool.pooled());
                var store = new PostgresEventStore(database, database, wakeUps);
                var model = new PostgresReadModel<>(database, new Tallies(), PostgresTallies.table("tallies"));
                try (var runner = new ProjectionRunner(store, Coin.CODEC, model, PACE)) {
                    runner.start();
                    underLoad(store, server, crashes);
                    Waiting.until("the projection is at the head", () -> model.checkpoint() == store.head());
                }
                check(store, database);
            }
        }
    }

    private void underLoad(EventStore store, PostgresServer server, int crashes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int seed = writer;
                writers.add(threads.submit((Callable<Void>) () -> write(store, seed)));
            }
            for (int crash = 1; crash <= crashes; crash++) {
                int enough = acknowledged.size() + 150;
                Waiting.until("appends are acknowledged", () -> acknowledged.size() >= enough);
                server.crash();
            }
            int enough = acknowledged.size() + 150;
            Waiting.until("further appends are acknowledged", () -> acknowledged.size() >= enough);
            writing.set(false);
            for (Future<Void> each : writers) {
                each.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            writing.set(false);
            threads.shutdownNow();
        }
    }

    /** Repeats each command until it is acknowledged, as a client does after a lost response. */
    private Void write(EventStore store, int seed) throws InterruptedException {
        var random = new Random(seed);
        for (int i = 0; writing.get(); i++) {
            String key = seed + "-" + i;
            var stamp = Optional.of(new CommandStamp(key, "print"));
            var stream = new StreamName("s-" + random.nextInt(20));
            var event = Coin.CODEC.encode(new Coin("purse-" + random.nextInt(5), 1 + random.nextInt(5)), Map.of());
            long deadline = System.nanoTime() + Waiting.PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                try {
                    acknowledged.put(key, receipt(store.append(stream, ExpectedVersion.any(), List.of(event), stamp)));
                    break;
                } catch (StoreUnavailableException e) {
                    Thread.sleep(20); // a client backs off
                }
            }
        }
        return null;
    }

    private static Receipt receipt(AppendResult result) {
        return switch (result) {
            case AppendResult.Appended done -> done.receipt();
            case AppendResult.Repeated before -> before.first();
            default -> throw new AssertionError("Neither stored nor repeated: " + result);
        };
    }

    private void check(EventStore store, Database database) {
        Map<Long, RecordedEvent> stored = new HashMap<>();
        long after = 0;
        long end = store.head();
        while (after < end) {
            var page = store.readAll(after, 1_000);
            page.events().forEach(event -> stored.put(event.position(), event));
            after = page.events().getLast().position();
        }
        acknowledged.forEach((key, receipt) -> {
            RecordedEvent event = stored.get(receipt.position());
            assertThat(event).as("the event of command %s", key).isNotNull();
            assertThat(event.stream()).isEqualTo(receipt.stream());
            assertThat(event.version()).isEqualTo(receipt.version());
        });
        assertThat(acknowledged.values().stream()
                        .map(Receipt::position)
                        .distinct()
                        .count())
                .as("each command has its own event")
                .isEqualTo(acknowledged.size());
        assertThat(stored).as("each command was stored once").hasSize(acknowledged.size());

        var tallies = new Tallies();
        Map<String, Tally> fold = new HashMap<>();
        stored.values().stream()
                .sorted(java.util.Comparator.comparingLong(RecordedEvent::position))
                .forEach(event -> {
                    var coin = (Coin) Coin.CODEC.decode(event);
                    var published = new PublishedEvent<>(coin, event.version(), event.position());
                    tallies.keysOf(coin)
                            .forEach(key -> fold.compute(key, (k, row) -> tallies.evolve(k, row, published)));
                });
        Map<String, Tally> rows = new HashMap<>();
        database.list(
                "SELECT key, sum, coins, position FROM diptych.tallies",
                statement -> {},
                row -> rows.put(
                        row.getString(1), new Tally(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4))));
        assertThat(rows).as("the read model").isEqualTo(fold);
    }
}

package dev.diptych.store.postgres.events;

import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Runs {@link HostileWriters} and readers concurrently, and compares what was read with what was committed.
 *
 * @param on a fresh database
 * @param writers the number of writers
 * @param appends the number of appends of each writer
 * @param seed the seed of the writers' random choices
 */
record HostileCampaign(TestDatabase on, int writers, int appends, long seed) {

    /** Far longer than the longest campaign takes on the slowest machine. */
    private static final Duration CAMPAIGN_TIMEOUT = Waiting.PATIENCE.multipliedBy(10);

    /** A way to read events page by page. */
    @FunctionalInterface
    interface Reader {
        Page read(long after, int limit);
    }

    record Page(List<Long> positions, long through) {}

    /**
     * The result of a campaign.
     *
     * @param committed all committed positions, in order
     * @param seen the positions that each reader read, in the order of reading
     * @param stalled the number of readers that did not reach the end before the timeout
     * @param killed the number of server processes killed while they appended
     */
    record Outcome(List<Long> committed, List<List<Long>> seen, long stalled, int killed) {

        /** The maximum number of committed events that one reader missed. */
        long lost() {
            return seen.stream()
                    .mapToLong(positions -> {
                        var missing = new java.util.HashSet<>(committed);
                        positions.forEach(missing::remove);
                        return missing.size();
                    })
                    .max()
                    .orElse(0);
        }

        /** The maximum number of events that one reader read again, or after a later one. */
        long outOfOrder() {
            return seen.stream()
                    .mapToLong(positions -> {
                        long wrong = 0;
                        for (int i = 1; i < positions.size(); i++) {
                            wrong += positions.get(i) <= positions.get(i - 1) ? 1 : 0;
                        }
                        return wrong;
                    })
                    .max()
                    .orElse(0);
        }

        boolean isClean() {
            return lost() == 0 && outOfOrder() == 0 && stalled == 0;
        }
    }

    /** Runs the campaign; each reader has its own page size, and starts before the first event. */
    Outcome run(Reader reader, int... pageSizes) throws Exception {
        var hostile = new HostileWriters(named("hostile"), appends);
        var writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "hostile");
            thread.setDaemon(true);
            return thread;
        });
        try (Connection here = idle(on.source().getConnection());
                Connection elsewhere = idle(other().getConnection())) {
            List<Future<List<Long>>> readers = new ArrayList<>();
            for (int pageSize : pageSizes) {
                var follower = new Follower(reader, pageSize);
                follower.step(); // before the first event
                readers.add(threads.submit(() -> follow(follower, writing)));
            }
            List<Future<Void>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                long own = seed + writer;
                running.add(threads.submit((Callable<Void>) () -> {
                    hostile.write(own);
                    return null;
                }));
            }
            Future<Void> killer = threads.submit(() -> killRepeatedly(hostile, writing));
            for (Future<Void> each : running) {
                each.get(CAMPAIGN_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
            writing.set(false);
            killer.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Outcome outcome = outcome(readers, hostile);
            assertOpen(here);
            assertOpen(elsewhere);
            return outcome;
        } finally {
            writing.set(false);
            threads.shutdownNow();
        }
    }

    private Outcome outcome(List<Future<List<Long>>> readers, HostileWriters hostile) throws Exception {
        List<List<Long>> seen = new ArrayList<>();
        long stalled = 0;
        for (Future<List<Long>> each : readers) {
            try {
                seen.add(each.get(CAMPAIGN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)); // a page size of 1 takes long
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Stalled)) {
                    throw e;
                }
                stalled++;
            }
        }
        return new Outcome(committed(on), seen, stalled, hostile.killed());
    }

    static List<Long> committed(TestDatabase on) {
        return on.database()
                .list("SELECT position FROM diptych.events ORDER BY position", s -> {}, row -> row.getLong(1));
    }

    private Void killRepeatedly(HostileWriters hostile, AtomicBoolean writing) throws Exception {
        try (Connection admin = on.source().getConnection()) {
            while (writing.get()) {
                hostile.killOne(admin);
            }
            return null;
        }
    }

    /** Opens a transaction that has an id and stays open, as a long report does. */
    private static Connection idle(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
        }
        return connection;
    }

    private static void assertOpen(Connection connection) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private PGSimpleDataSource other() {
        var source = new PGSimpleDataSource();
        source.setURL(TestServer.newest().url("postgres"));
        return source;
    }

    private PGSimpleDataSource named(String application) {
        var source = new PGSimpleDataSource();
        source.setURL(on.url());
        source.setApplicationName(application);
        return source;
    }

    private static final class Stalled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Reads until all writers have ended and the last event is reached. */
    private List<Long> follow(Follower reader, AtomicBoolean writing) {
        long moved = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            boolean last = !writing.get();
            if (reader.step() || !last) {
                moved = System.nanoTime();
            } else if (reader.after() >= lastCommitted()) {
                return reader.seen();
            } else if (System.nanoTime() - moved > Waiting.PATIENCE.toNanos()) {
                throw new Stalled();
            }
        }
        return reader.seen();
    }

    private long lastCommitted() {
        return on.database()
                .find("SELECT coalesce(max(position), 0) FROM diptych.events", s -> {}, row -> row.getLong(1))
                .orElse(0L);
    }
}

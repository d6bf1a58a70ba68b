package dev.diptych.store.postgres;

import dev.diptych.core.contract.Waiting;
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
 * {@link HostileWriters} against readers, and what the readers saw beside what was committed.
 *
 * @param on a fresh database
 * @param writers how many at once
 * @param appends how many for each of them
 * @param seed of what each writer does
 */
record HostileCampaign(TestDatabase on, int writers, int appends, long seed) {

    /** Far more than all appends of the longest campaign take on the slowest machine. */
    private static final Duration TO_THE_END = Waiting.PATIENCE.multipliedBy(10);

    /** How events are read, page by page; a page is positions, and how far it reaches. */
    @FunctionalInterface
    interface Reader {
        Page read(long after, int limit);
    }

    record Page(List<Long> positions, long through) {}

    /**
     * What came out.
     *
     * @param committed all positions that were committed, in order
     * @param seen what each reader saw, in the order in which it saw it
     * @param stalled how many readers did not reach the end in time
     * @param killed how many back-ends were killed while they appended
     */
    record Outcome(List<Long> committed, List<List<Long>> seen, long stalled, int killed) {

        /** How many committed events the unluckiest reader never saw. */
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

        /** How many events some reader saw again, or after a later one. */
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

    /** Runs it; each reader has a page size of its own, and begins before the first event. */
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
            Future<Void> killer = threads.submit(() -> killNowAndThen(hostile, writing));
            for (Future<Void> each : running) {
                each.get(TO_THE_END.toSeconds(), TimeUnit.SECONDS);
            }
            writing.set(false);
            killer.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Outcome outcome = outcome(readers, hostile);
            stillOpen(here);
            stillOpen(elsewhere);
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
                seen.add(each.get(
                        TO_THE_END.toSeconds(),
                        TimeUnit.SECONDS)); // one that reads event by event has a long way to go
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

    private Void killNowAndThen(HostileWriters hostile, AtomicBoolean writing) throws Exception {
        try (Connection admin = on.source().getConnection()) {
            while (writing.get()) {
                hostile.killOne(admin);
            }
            return null;
        }
    }

    /** A transaction that has an id and holds on to it, as a long report or a forgotten session does. */
    private static Connection idle(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
        }
        return connection;
    }

    private static void stillOpen(Connection connection) throws Exception {
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

    /** Until all is written, and nothing has moved any more up to the last event. */
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

package dev.diptych.store.postgres;

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
 * @param kills whether back-ends are killed
 */
record HostileCampaign(TestDatabase on, int writers, int appends, boolean kills) {

    /** The longest wait after the last commit for a reader to come any further. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

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
                var progress = new Progress(reader, pageSize);
                progress.step(); // before the first event
                readers.add(threads.submit(() -> progress.follow(writing)));
            }
            List<Future<Void>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int seed = writer;
                running.add(threads.submit((Callable<Void>) () -> {
                    hostile.write(seed);
                    return null;
                }));
            }
            Future<Void> killer = threads.submit(() -> killNowAndThen(writing));
            for (Future<Void> each : running) {
                each.get(10, TimeUnit.MINUTES);
            }
            writing.set(false);
            killer.get(1, TimeUnit.MINUTES);
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
                seen.add(each.get(10, TimeUnit.MINUTES)); // one that reads event by event has a long way to go
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Stalled)) {
                    throw e;
                }
                stalled++;
            }
        }
        List<Long> committed = on.database()
                .list("SELECT position FROM diptych.events ORDER BY position", s -> {}, row -> row.getLong(1));
        return new Outcome(committed, seen, stalled, hostile.killed());
    }

    private Void killNowAndThen(AtomicBoolean writing) throws Exception {
        try (Connection admin = on.source().getConnection()) {
            while (kills && writing.get()) {
                HostileWriters.killOne(admin);
                Thread.sleep(40);
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

    /** One reader: what it got back as {@code through} is its only cursor. */
    private final class Progress {

        private final Reader reader;
        private final int pageSize;
        private final List<Long> seen = new ArrayList<>();
        private long after;

        Progress(Reader reader, int pageSize) {
            this.reader = reader;
            this.pageSize = pageSize;
        }

        boolean step() {
            Page page = reader.read(after, pageSize);
            seen.addAll(page.positions());
            boolean moved = page.through() != after || !page.positions().isEmpty();
            after = page.through();
            return moved;
        }

        /** Until all is written, and nothing has moved any more up to the last event. */
        List<Long> follow(AtomicBoolean writing) {
            long moved = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                boolean last = !writing.get();
                if (step() || !last) {
                    moved = System.nanoTime();
                } else if (after >= lastCommitted()) {
                    return seen;
                } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw new Stalled();
                }
            }
            return seen;
        }

        private long lastCommitted() {
            return on.database()
                    .find("SELECT coalesce(max(position), 0) FROM diptych.events", s -> {}, row -> row.getLong(1))
                    .orElse(0L);
        }
    }
}

package dev.diptych.store.postgres.events;

import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.events.HostileCampaign.Outcome;
import dev.diptych.store.postgres.events.HostileCampaign.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The interleavings of writers and readers in which an incorrect store loses or reorders events. Each is forced: the
 * test ends the writers' transactions, and opens the gates at which modified functions wait. Unmodified functions take
 * the same steps without waiting.
 */
final class Interleavings {

    /** An expression for {@code diptych.append}: the slow writer waits while the gate is closed. */
    static final String WRITERS_GATE = "pg_advisory_xact_lock_shared(1, hashtext(p_stream))";

    /** An expression for functions that readers call: all readers wait while the gate is closed. */
    static final String READERS_GATE = "pg_advisory_xact_lock_shared(2, 0)";

    private static final String CLOSE_WRITERS_GATE = "SELECT pg_advisory_lock(1, hashtext('slow'))";
    private static final String CLOSE_READERS_GATE = "SELECT pg_advisory_lock(2, 0)";
    private static final String OPEN_GATES = "SELECT pg_advisory_unlock_all()";
    private static final String AT_A_GATE = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            + " AND objsubid = 2 AND classid IN (1, 2)"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    /** More than the number of events; ends a reader that moves backwards. */
    private static final int MAX_PAGES = 50;

    private final TestDatabase on;
    private final List<Follower> followers;
    private final Connection slow;
    private final Connection fast;
    private final Connection gate;

    private Interleavings(
            TestDatabase on, List<Follower> followers, Connection slow, Connection fast, Connection gate) {
        this.on = on;
        this.followers = followers;
        this.slow = slow;
        this.fast = fast;
        this.gate = gate;
    }

    /** Runs all interleavings on a fresh database, with a reader for each page size. */
    static Outcome of(TestDatabase on, Reader reader, int... pageSizes) throws Exception {
        try (Connection slow = on.source().getConnection();
                Connection fast = on.source().getConnection();
                Connection gate = on.source().getConnection()) {
            slow.setAutoCommit(false);
            fast.setAutoCommit(false);
            List<Follower> followers = Arrays.stream(pageSizes)
                    .mapToObj(pageSize -> new Follower(reader, pageSize))
                    .toList();
            return new Interleavings(on, followers, slow, fast, gate).run();
        }
    }

    private Outcome run() throws Exception {
        readAll(); // before the first event

        // The second position is committed before the first.
        append(slow);
        append(fast);
        fast.commit();
        readAll();
        slow.commit();
        readAll();

        // A rolled-back append leaves an unused position.
        append(slow);
        slow.rollback();
        append(fast);
        fast.commit();
        append(slow);
        slow.commit();
        readAll();

        // A writer waits between two steps; another draws later positions and commits.
        execute(gate, CLOSE_WRITERS_GATE);
        CompletableFuture<Void> appending = started(() -> append(slow));
        awaitAtGateOrDone(List.of(appending));
        append(fast);
        fast.commit();
        readAll();
        execute(gate, OPEN_GATES);
        appending.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        readAll();
        slow.commit();
        readAll();

        // Readers wait between two steps; a later position is committed, and an earlier one is not.
        whileReadersWait(() -> {
            append(slow);
            append(fast);
            fast.commit();
        });
        slow.commit();
        readAll();

        // Readers wait between two steps; an event is committed that was appended after they began.
        whileReadersWait(() -> {
            append(fast);
            fast.commit();
        });
        readAll();
        return outcome();
    }

    private interface Step {
        void take() throws SQLException;
    }

    private void whileReadersWait(Step step) throws Exception {
        execute(gate, CLOSE_READERS_GATE);
        List<CompletableFuture<Void>> reading =
                followers.stream().map(follower -> started(follower::step)).toList();
        awaitAtGateOrDone(reading);
        step.take();
        execute(gate, OPEN_GATES);
        for (CompletableFuture<Void> each : reading) {
            each.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Void> started(Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        step.take();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().name("interleaving").start(task));
    }

    private void awaitAtGateOrDone(List<CompletableFuture<Void>> started) {
        Waiting.until("each is at the gate, or done", () -> {
            int waiting = on.query(AT_A_GATE).size();
            return started.stream().filter(CompletableFuture::isDone).count() + waiting == started.size();
        });
    }

    private void append(Connection writer) throws SQLException {
        String stream = writer.equals(slow) ? "slow" : "fast";
        execute(
                writer,
                "SELECT diptych.append(true, '" + stream
                        + "', 'any', null, true, null, null, 'tick', 1, '{}', '{}', null, null, null, null)");
    }

    private void readAll() {
        for (Follower each : followers) {
            for (int pages = 0; each.step() && pages < MAX_PAGES; pages++) {}
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Outcome outcome() {
        List<Long> committed = HostileCampaign.committed(on);
        List<List<Long>> seen = new ArrayList<>();
        followers.forEach(each -> seen.add(each.seen()));
        long stalled = followers.stream()
                .filter(each -> each.after() < committed.getLast())
                .count();
        return new Outcome(committed, seen, stalled, 0);
    }
}

package dev.diptych.store.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent appends are sent in groups, and each gets its own outcome. */
class AppendQueueTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");
    private static final Duration NEVER_OVERDUE = Duration.ofMinutes(1);
    private static final Duration ALWAYS_OVERDUE = Duration.ZERO;
    private static final int MAX_GROUPS = AppendQueue.MAX_GROUPS_IN_FLIGHT;
    private static final List<String> SLOW =
            IntStream.range(0, MAX_GROUPS).mapToObj(i -> "slow-" + i).toList();

    private final Map<String, AppendResult> results = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private long unblockedAt;

    @Test
    void a_group_is_sent_when_as_many_are_waiting_as_in_flight() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            append(on.store(), "existing");
            var queue = new AppendQueue(new Appender(on.database()), NEVER_OVERDUE);
            blocking(on, "first, second", () -> {
                startBlocked(on, queue, "first", 1);
                startBlocked(on, queue, "second", 2);

                startWaiting(queue, "one");
                assertThat(results).isEmpty();
                assertThat(send(queue, "two")).isInstanceOf(AppendResult.Appended.class);
                startWaiting(queue, "three");
                assertThat(send(queue, "existing")).isInstanceOf(AppendResult.Conflict.class);
            });
            assertThat(results).containsOnlyKeys("first", "second", "one", "three");
            assertThat(results.values()).allSatisfy(each -> assertThat(each).isInstanceOf(AppendResult.Appended.class));
            assertThat(on.query("SELECT string_agg(stream_name, ' ' ORDER BY position) FROM diptych.events"
                            + " WHERE stream_name <> 'existing' GROUP BY xmin::text ORDER BY 1"))
                    .containsExactly("first", "one two", "second", "three");
        }
    }

    @Test
    void an_overdue_append_is_sent_unless_too_many_groups_are_in_flight() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            var queue = new AppendQueue(new Appender(on.database()), ALWAYS_OVERDUE);
            blocking(on, String.join(", ", SLOW), () -> {
                for (int i = 0; i < MAX_GROUPS - 1; i++) {
                    startBlocked(on, queue, SLOW.get(i), i + 1);
                }
                assertThat(send(queue, "overdue")).isInstanceOf(AppendResult.Appended.class);
                startBlocked(on, queue, SLOW.getLast(), MAX_GROUPS);
                startWaiting(queue, "too-many");
                awaitCheck();
                assertThat(results).isEmpty();
            });
            assertThat(results).hasSize(MAX_GROUPS + 1);
            assertThat(results.values()).allSatisfy(each -> assertThat(each).isInstanceOf(AppendResult.Appended.class));
        }
    }

    /** The signal goes to the creating thread: here to one that does not wait, as if it were busy sending a group. */
    @Test
    void an_append_that_misses_the_signal_is_sent_after_a_timeout() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            var queue = new AppendQueue(new Appender(on.database()), ALWAYS_OVERDUE);
            PendingAppend unsignaled = pending("unsignaled");
            blocking(on, String.join(", ", SLOW), () -> {
                for (int i = 0; i < MAX_GROUPS; i++) {
                    startBlocked(on, queue, SLOW.get(i), i + 1);
                }
                threads.add(Thread.ofPlatform().start(() -> results.put("unsignaled", queue.send(unsignaled))));
                awaitWaiting("unsignaled");
                awaitCheck();
                assertThat(results).isEmpty();
            });
            assertThat(results.get("unsignaled")).isInstanceOf(AppendResult.Appended.class);
            assertThat(Duration.ofNanos(System.nanoTime() - unblockedAt)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_conflict_does_not_affect_other_appends_of_its_group() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            append(on.store(), "existing");
            var appender = new Appender(on.database());

            PendingAppend conflicting = pending("existing");
            PendingAppend other = pending("other");
            appender.sendGroup(List.of(conflicting, other));
            assertThat(conflicting.outcome()).isInstanceOf(AppendResult.Conflict.class);
            assertThat(other.outcome()).isInstanceOf(AppendResult.Appended.class);

            PendingAppend single = pending("existing");
            appender.sendGroup(List.of(single));
            assertThat(single.isSeparated()).as("unique violation").isTrue();
            appender.sendSeparated(single);
            assertThat(single.outcome()).isInstanceOf(AppendResult.Conflict.class);
        }
    }

    private interface Steps {
        void take() throws Exception;
    }

    /** Runs the steps while appends to some streams are blocked, and then waits for all threads to end. */
    private void blocking(TestDatabase on, String streams, Steps steps) throws Exception {
        try (var other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload,"
                            + " metadata) SELECT nextval('diptych.event_position'), s, 1, 'by-hand', 1, '{}', '{}'"
                            + " FROM regexp_split_to_table('" + streams + "', ', ') AS s");
            try {
                steps.take();
            } finally {
                unblockedAt = System.nanoTime();
                other.rollback();
                for (Thread thread : threads) {
                    assertThat(thread.join(Waiting.PATIENCE)).as("ended").isTrue();
                }
            }
        }
    }

    private void startBlocked(TestDatabase on, AppendQueue queue, String stream, int blocked) {
        start(queue, stream);
        on.awaitBlocked(blocked);
    }

    private void startWaiting(AppendQueue queue, String stream) {
        start(queue, stream);
        awaitWaiting(stream);
    }

    private void awaitWaiting(String stream) {
        Waiting.until(stream + " waits", () -> LockSupport.getBlocker(threads.getLast()) instanceof PendingAppend);
    }

    /** An interrupted thread clears its status and then checks the queue: after the second, it has checked once. */
    private void awaitCheck() {
        Thread thread = threads.getLast();
        for (int i = 0; i < 2; i++) {
            thread.interrupt();
            Waiting.until("the status is cleared", () -> !thread.isInterrupted());
        }
    }

    private void start(AppendQueue queue, String stream) {
        threads.add(Thread.ofPlatform().start(() -> results.put(stream, send(queue, stream))));
    }

    private static AppendResult send(AppendQueue queue, String stream) {
        return queue.send(pending(stream));
    }

    private static PendingAppend pending(String stream) {
        return new PendingAppend(new StreamName(stream), ExpectedVersion.noStream(), List.of(EVENT), Optional.empty());
    }

    private static void append(PostgresEventStore store, String stream) {
        store.append(new StreamName(stream), ExpectedVersion.noStream(), List.of(EVENT));
    }
}

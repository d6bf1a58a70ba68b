package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Those who append while others are at it go together, and each hears how it went for itself. */
class AppendQueueTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");
    private static final Duration NEVER_LATE = Duration.ofMinutes(1);
    private static final Duration ALWAYS_LATE = Duration.ZERO;
    private static final int TURNS = 8;
    private static final List<String> SLOW =
            IntStream.range(0, TURNS).mapToObj(i -> "slow-" + i).toList();

    private final Map<String, AppendResult> results = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private long freed;

    @Test
    void those_who_wait_go_together_when_they_are_as_many_as_those_under_way() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            append(on.store(), "there-already");
            var queue = new AppendQueue(new Appender(on.database()), NEVER_LATE);
            holding(on, "first, second", () -> {
                startBlocked(on, queue, "first", 1);
                startBlocked(on, queue, "second", 2);

                startWaiting(queue, "one");
                assertThat(results).isEmpty();
                assertThat(send(queue, "two")).isInstanceOf(AppendResult.Appended.class);
                startWaiting(queue, "three");
                assertThat(send(queue, "there-already")).isInstanceOf(AppendResult.Conflict.class);
            });
            assertThat(results).containsOnlyKeys("first", "second", "one", "three");
            assertThat(results.values()).allSatisfy(each -> assertThat(each).isInstanceOf(AppendResult.Appended.class));
            assertThat(on.query("SELECT string_agg(stream_name, ' ' ORDER BY position) FROM diptych.events"
                            + " WHERE stream_name <> 'there-already' GROUP BY xmin::text ORDER BY 1"))
                    .containsExactly("first", "one two", "second", "three");
        }
    }

    @Test
    void who_has_waited_for_a_while_goes_beside_the_others_up_to_a_number_of_turns() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            var queue = new AppendQueue(new Appender(on.database()), ALWAYS_LATE);
            holding(on, String.join(", ", SLOW), () -> {
                for (int i = 0; i < TURNS - 1; i++) {
                    startBlocked(on, queue, SLOW.get(i), i + 1);
                }
                assertThat(send(queue, "beside")).isInstanceOf(AppendResult.Appended.class);
                startBlocked(on, queue, SLOW.getLast(), TURNS);
                startWaiting(queue, "too-many");
                awaitLook();
                assertThat(results).isEmpty();
            });
            assertThat(results).hasSize(TURNS + 1);
            assertThat(results.values()).allSatisfy(each -> assertThat(each).isInstanceOf(AppendResult.Appended.class));
        }
    }

    /** A nudge goes to the thread that made the append: here to one that does not wait, as to one that is busy for others. */
    @Test
    void who_does_not_hear_of_a_free_turn_looks_for_one_before_long() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            var queue = new AppendQueue(new Appender(on.database()), ALWAYS_LATE);
            PendingAppend deaf = pending("deaf");
            holding(on, String.join(", ", SLOW), () -> {
                for (int i = 0; i < TURNS; i++) {
                    startBlocked(on, queue, SLOW.get(i), i + 1);
                }
                threads.add(Thread.ofPlatform().start(() -> results.put("deaf", queue.send(deaf))));
                awaitWaiting("deaf");
                awaitLook();
                assertThat(results).isEmpty();
            });
            assertThat(results.get("deaf")).isInstanceOf(AppendResult.Appended.class);
            assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_stream_that_exists_against_expectation_makes_nobody_else_of_the_group_go_again() {
        try (TestDatabase on = TestServer.newest().fresh()) {
            append(on.store(), "there-already");
            var appender = new Appender(on.database());

            PendingAppend conflicting = pending("there-already");
            PendingAppend other = pending("other");
            appender.sendTogether(List.of(conflicting, other));
            assertThat(conflicting.outcome()).isInstanceOf(AppendResult.Conflict.class);
            assertThat(other.outcome()).isInstanceOf(AppendResult.Appended.class);

            PendingAppend lone = pending("there-already");
            appender.sendTogether(List.of(lone));
            assertThat(lone.isAlone()).as("found out by a failure").isTrue();
            appender.sendAlone(lone);
            assertThat(lone.outcome()).isInstanceOf(AppendResult.Conflict.class);
        }
    }

    private interface Steps {
        void take() throws Exception;
    }

    /** Takes the steps while nobody can append to some streams, and then waits for everybody to end. */
    private void holding(TestDatabase on, String streams, Steps steps) throws Exception {
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
                freed = System.nanoTime();
                other.rollback();
                for (Thread thread : threads) {
                    assertThat(thread.join(Waiting.PATIENCE)).as("ended").isTrue();
                }
            }
        }
    }

    private void startBlocked(TestDatabase on, AppendQueue queue, String stream, int blocked) {
        start(queue, stream);
        Waiting.until(
                stream + " is under way",
                () -> on.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        + " AND datname = current_database()")
                                .size()
                        == blocked);
    }

    private void startWaiting(AppendQueue queue, String stream) {
        start(queue, stream);
        awaitWaiting(stream);
    }

    private void awaitWaiting(String stream) {
        Waiting.until(stream + " waits", () -> LockSupport.getBlocker(threads.getLast()) instanceof PendingAppend);
    }

    /** An interrupt makes it look for a turn, after it has cleared the mark: by the second time it has looked once. */
    private void awaitLook() {
        Thread thread = threads.getLast();
        for (int i = 0; i < 2; i++) {
            thread.interrupt();
            Waiting.until("it looks", () -> !thread.isInterrupted());
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

package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Those who append while somebody else has the only turn go together, and each hears how it went for itself. */
class AppendQueueTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");

    @Test
    void appends_that_wait_share_one_transaction_with_an_outcome_for_each() throws Exception {
        try (TestDatabase on = TestServer.newest().fresh()) {
            append(on.store(), "there-already");
            var queue = new AppendQueue(new Appender(on.database()), 1);
            Map<String, AppendResult> results = new ConcurrentHashMap<>();
            List<Thread> threads = new ArrayList<>();
            try (var other = on.source().getConnection();
                    var statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute(
                        "LOCK TABLE diptych.events IN SHARE MODE"); // the first one has to wait, with the turn
                for (String stream : List.of("first", "one", "two", "there-already", "three")) {
                    threads.add(Thread.ofPlatform().start(() -> results.put(stream, send(queue, stream))));
                    Waiting.until(stream + " waits", () -> isBlocked(on, stream, threads.getLast()));
                }
                other.rollback();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(results).hasSize(5);
            assertThat(results.remove("there-already")).isInstanceOf(AppendResult.Conflict.class);
            assertThat(results.values()).allSatisfy(each -> assertThat(each).isInstanceOf(AppendResult.Appended.class));
            assertThat(on.query("SELECT string_agg(stream_name, ' ' ORDER BY position) FROM diptych.events"
                            + " WHERE stream_name <> 'there-already' GROUP BY xmin::text ORDER BY min(position)"))
                    .containsExactly("first", "one two three");
        }
    }

    private static boolean isBlocked(TestDatabase on, String stream, Thread thread) {
        return stream.equals("first")
                ? on.query("SELECT count(*) FROM pg_locks WHERE relation = 'diptych.events'::regclass AND NOT granted")
                        .contains("1")
                : thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static AppendResult send(AppendQueue queue, String stream) {
        return queue.send(new PendingAppend(
                new StreamName(stream), ExpectedVersion.noStream(), List.of(EVENT), Optional.empty()));
    }

    private static void append(PostgresEventStore store, String stream) {
        store.append(new StreamName(stream), ExpectedVersion.noStream(), List.of(EVENT));
    }
}

package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.events.PostgresEventStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;

/** Wake-ups between processes; each instance stands for a process. */
class WakeUpsTest {

    private static final NewEvent EVENT = new NewEvent("lit", 1, "{}", "{}");

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    private final Semaphore woken = new Semaphore(0);

    private PostgresEventStore store(PostgresWakeUps wakeUps) {
        return new PostgresEventStore(on.database(), on.database(), wakeUps);
    }

    private static void append(EventStore store) {
        store.append(new StreamName("s"), ExpectedVersion.any(), List.of(EVENT));
    }

    private void awaitListeners(int count) {
        Waiting.until(
                count + " listeners",
                () -> on.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND state = 'idle'"
                                        + " AND datname = current_database()")
                                .size()
                        == count);
    }

    private void awaitWoken() throws InterruptedException {
        assertThat(woken.tryAcquire(Waiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("woken")
                .isTrue();
        woken.drainPermits();
    }

    @Test
    void an_append_wakes_another_process() throws Exception {
        try (var here = new PostgresWakeUps(on.source());
                EventStore.Subscription open = store(here).onAppend(woken::release)) {
            awaitListeners(1);
            awaitWoken(); // after LISTEN
            for (int i = 0; i < 3; i++) {
                append(on.store());
                awaitWoken();
            }
            assertThat(open).isNotNull();
        }
    }

    @Test
    void a_listener_that_loses_its_connection_reconnects_and_misses_nothing() throws Exception {
        try (var here = new PostgresWakeUps(on.source());
                EventStore.Subscription open = store(here).onAppend(woken::release)) {
            awaitListeners(1);
            awaitWoken();
            on.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
                    + " AND datname = current_database()");
            awaitWoken(); // after LISTEN on a new connection
            append(on.store());
            awaitWoken();
            assertThat(open).isNotNull();
        }
    }

    @Test
    void a_notification_is_sent_again_when_its_connection_fails() throws Exception {
        try (var here = new PostgresWakeUps(on.source());
                var there = new PostgresWakeUps(on.source());
                EventStore.Subscription open = store(here).onAppend(woken::release)) {
            awaitListeners(1);
            awaitWoken();
            append(store(there));
            awaitWoken();
            String notifiers = " FROM pg_stat_activity WHERE query LIKE '%pg_notify%' AND datname = current_database()"
                    + " AND pid <> pg_backend_pid()";
            on.execute("SELECT pg_terminate_backend(pid)" + notifiers);
            Waiting.until(
                    "the connection has ended",
                    () -> on.query("SELECT pid" + notifiers).isEmpty());
            woken.drainPermits();
            append(store(there)); // once: no later append triggers a retry
            awaitWoken();
            assertThat(open).isNotNull();
        }
    }

    @Test
    void appends_share_notifications_which_are_sent_outside_their_transactions() throws Exception {
        try (Connection listener = on.source().getConnection();
                var statement = listener.createStatement()) {
            statement.execute("LISTEN diptych_events");
            List<PGNotification> received = new ArrayList<>();
            long began = System.nanoTime();
            try (var here = new PostgresWakeUps(on.source())) {
                EventStore store = store(here);
                for (int i = 0; i < 300; i++) {
                    append(store);
                }
                Waiting.until("a notification", () -> received.addAll(next(listener)));
            }
            long rounds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 20 + 2;
            statement.execute("NOTIFY diptych_events, 'the end'"); // arrives after all others
            Waiting.until(
                    "the end",
                    () -> received.addAll(next(listener))
                            && received.getLast().getParameter().equals("the end"));
            received.removeLast();
            assertThat(received).as("notifications of 300 appends").hasSizeBetween(1, (int) rounds);
            assertThat(received.stream().map(PGNotification::getPID).distinct())
                    .as("connections that notified")
                    .hasSize(1);
        }
    }

    private static List<PGNotification> next(Connection listener) throws SQLException {
        PGNotification[] some = listener.unwrap(PGConnection.class).getNotifications(1);
        return some == null ? List.of() : List.of(some);
    }

    @Test
    void projections_advance_without_notifications() throws Exception {
        var unreachable = new PGSimpleDataSource();
        unreachable.setURL("jdbc:postgresql://127.0.0.1:1/nothing?connectTimeout=1");
        try (var listening = new PostgresWakeUps(unreachable);
                var notifying = new PostgresWakeUps(unreachable)) {
            var tallies = new PostgresTallies(on);
            ReadModelStore model = tallies.readModel(new Tallies());
            var pace =
                    new ProjectionRunner.Pace(10, Duration.ofMillis(30), Duration.ofMillis(30), Duration.ofMillis(100));
            try (var runner = new ProjectionRunner(store(listening), Coin.CODEC, model, pace)) {
                runner.start();
                for (int i = 1; i <= 3; i++) {
                    int sum = i;
                    store(notifying)
                            .append(
                                    new StreamName("purse"),
                                    ExpectedVersion.any(),
                                    List.of(Coin.CODEC.encode(new Coin("a", 1), Map.of())));
                    Waiting.until(
                            "the coin is counted",
                            () -> tallies.rows(model).containsKey("a")
                                    && tallies.rows(model).get("a").sum() == sum);
                }
            }
        }
    }

    @Test
    void its_threads_are_named_and_end_on_close() {
        var source = new RecordingSource();
        source.setURL(on.url());
        try (var wakeUps = new PostgresWakeUps(source);
                EventStore.Subscription open = store(wakeUps).onAppend(() -> {})) {
            append(store(wakeUps));
            assertThat(open).isNotNull();
            Waiting.until("both run", () -> source.threads.size() == 2);
        }
        assertThat(source.threads.stream().map(Thread::getName))
                .containsExactlyInAnyOrder("postgres-notify", "postgres-listen");
        Waiting.until("both have ended", () -> source.threads.stream().noneMatch(Thread::isAlive));
    }

    /** Records the threads that request connections. */
    private static final class RecordingSource extends PGSimpleDataSource {
        private static final long serialVersionUID = 1;
        private final transient Set<Thread> threads = ConcurrentHashMap.newKeySet();

        @Override
        public Connection getConnection() throws SQLException {
            threads.add(Thread.currentThread());
            return super.getConnection();
        }
    }
}

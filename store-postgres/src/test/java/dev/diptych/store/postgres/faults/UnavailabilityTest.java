package dev.diptych.store.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.UnvalidatedPool;
import dev.diptych.store.postgres.events.PostgresEventStore;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** While the database is unavailable, every call fails within its timeout; afterwards, every call succeeds. */
@Execution(ExecutionMode.CONCURRENT) // each test has its own database, pool and relay
class UnavailabilityTest {

    private static final StreamName PURSE = new StreamName("purse");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** For tests in which many connection attempts fail. */
    private static final Duration SHORT_CONNECT_TIMEOUT = Duration.ofMillis(300);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(1);

    private TestDatabase on;
    private Relay relay;
    private PostgresPool pool;
    private PostgresWakeUps wakeUps;
    private EventStore store;
    private ReadModelStore model;

    @BeforeEach
    void connect() throws Exception {
        on = TestServer.newest().fresh();
        relay = Relay.to(on.url());
        connect(CONNECT_TIMEOUT);
    }

    private void connect(Duration connectTimeout) {
        pool = UnvalidatedPool.of(Settings.of(relay.url(on.url()), "", "", "trouble")
                .withSize(2)
                .withTimeouts(connectTimeout, STATEMENT_TIMEOUT));
        wakeUps = new PostgresWakeUps(pool.dedicated());
        var database = Database.ofProjector(pool.pooled());
        store = new PostgresEventStore(database, database, wakeUps);
        model = new PostgresReadModel<>(database, new Tallies(), PostgresTallies.table("tallies"));
    }

    private void reconnect(Duration connectTimeout) {
        wakeUps.close();
        pool.close();
        connect(connectTimeout);
    }

    @AfterEach
    void disconnect() throws Exception {
        wakeUps.close();
        pool.close();
        relay.close();
        on.close();
    }

    private AppendResult put() {
        return store.append(PURSE, ExpectedVersion.any(), List.of(Coin.CODEC.encode(new Coin("a", 1), Map.of())));
    }

    /** Every operation of a store. */
    private List<Callable<?>> allOperations() {
        return List.of(
                this::put,
                () -> store.findCommand("k"),
                () -> store.readStream(PURSE, 0, 10),
                () -> store.readAll(0, 10),
                store::head,
                model::checkpoint,
                () -> model.apply(new Batch(0, List.of(), "h")),
                () -> {
                    model.generations().start(false);
                    return model.generations().takeOver(1, OptionalLong.empty());
                });
    }

    private void assertAllUnavailable() throws Exception {
        List<CompletableFuture<StoreUnavailableException>> failures = allOperations().stream()
                .map(each -> started(() -> catchThrowableOfType(StoreUnavailableException.class, each::call)))
                .toList();
        for (var each : failures) {
            StoreUnavailableException failure = each.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("ERROR", "FATAL");
        }
    }

    /** Runs a blocking task on its own thread. */
    private static <T> CompletableFuture<T> started(Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                task, run -> Thread.ofPlatform().daemon().start(run));
    }

    private void awaitAllAvailable() throws Exception {
        for (Callable<?> each : allOperations()) {
            Waiting.until("the operation succeeds", () -> {
                try {
                    each.call();
                    return true;
                } catch (StoreUnavailableException e) {
                    return false;
                }
            });
        }
    }

    private Connection borrowed() {
        var connection = new AtomicReference<Connection>();
        Waiting.until("the pool has a connection", () -> {
            try {
                connection.set(pool.pooled().getConnection());
                return true;
            } catch (SQLException e) {
                return false;
            }
        });
        return connection.get();
    }

    @Test
    void a_comparison_may_take_longer_than_the_statement_timeout() throws Exception {
        model.apply(new Batch(0, List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)), store.history()));
        model.generations().start(true);
        int copy = model.generations().status().copy().orElseThrow().generation();
        model.apply(new Batch(0, List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)), store.history()), copy);
        try (Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM diptych.copies FOR UPDATE");
            CompletableFuture<Boolean> compared =
                    started(() -> model.generations().compare(copy));
            on.awaitBlocked(1);
            var later = new Batch(1, List.of(new PublishedEvent<>(new Coin("a", 1), 1, 2)), store.history());
            assertThatThrownBy(() -> model.apply(later, copy)).isInstanceOf(StoreUnavailableException.class);
            assertThat(compared).as("the comparison").isNotDone();
            other.rollback();
            assertThat(compared.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void operations_fail_while_the_server_is_unavailable_and_succeed_afterwards() throws Exception {
        reconnect(SHORT_CONNECT_TIMEOUT);
        awaitAllAvailable();
        relay.cut();
        assertAllUnavailable();
        relay.mend();
        awaitAllAvailable();
    }

    @Test
    void a_connection_without_response_times_out() throws Exception {
        put();
        relay.freeze();
        var failure = started(() -> catchThrowableOfType(StoreUnavailableException.class, this::put))
                .get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(failure).isNotNull();
        assertThat(failure.outcomeUnknown()).isTrue();
        relay.cut();
        relay.mend();
        awaitAllAvailable();
    }

    @Test
    void operations_time_out_when_the_pool_is_exhausted() throws Exception {
        reconnect(SHORT_CONNECT_TIMEOUT);
        try (Connection one = borrowed();
                Connection two = borrowed()) {
            assertAllUnavailable();
            assertThat(one.isValid(30) && two.isValid(30)).isTrue();
        }
        awaitAllAvailable();
    }

    @Test
    void a_statement_that_times_out_has_stored_nothing() throws Exception {
        try (Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(17483, hashtext('purse'))");
            var failure = catchThrowableOfType(StoreUnavailableException.class, this::put);
            assertThat(failure).isNotNull();
            assertThat(failure.outcomeUnknown()).isFalse();
            other.rollback();
        }
        assertThat(store.readStream(PURSE, 0, 10).events()).isEmpty();
        assertThat(put()).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void a_projection_reports_an_unavailable_store_and_resumes_by_itself() {
        var pace = new ProjectionRunner.Pace(10, Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(200));
        try (var runner = new ProjectionRunner(store, Coin.CODEC, model, pace)) {
            runner.start();
            put();
            Waiting.until("the coin is counted", () -> model.checkpoint() == 1);
            relay.cut();
            on.store().append(PURSE, ExpectedVersion.any(), List.of(Coin.CODEC.encode(new Coin("a", 1), Map.of())));
            Waiting.until("the failure is reported", () -> runner.failure().isPresent());
            assertThat(runner.failure().orElseThrow().error()).contains("database");
            relay.mend();
            Waiting.until("the other coin is counted", () -> {
                try {
                    return model.checkpoint() == 2 && runner.state() == State.RUNNING;
                } catch (StoreUnavailableException e) {
                    return false; // the pool still has a connection that was cut
                }
            });
        }
    }
}

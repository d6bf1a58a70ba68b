package dev.diptych.store.postgres;

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
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.faults.Relay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** The database is away, busy or silent: every wait ends, says what happened, and everything goes on afterwards. */
@Execution(ExecutionMode.CONCURRENT) // each waits for its own server, pool and line
class TroubleTest {

    private static final StreamName PURSE = new StreamName("purse");
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** Where it is waited for in vain, again and again. */
    private static final Duration CONNECTING_IN_VAIN = Duration.ofMillis(300);

    private static final Duration STATEMENT = Duration.ofSeconds(1);

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
        connect(CONNECTING);
    }

    private void connect(Duration connecting) {
        pool = TrustingPool.of(
                Settings.of(relay.url(on.url()), "", "", "trouble").withSize(2).withBounds(connecting, STATEMENT));
        wakeUps = new PostgresWakeUps(pool.kept());
        var database = Database.ofProjector(pool.pooled());
        store = new PostgresEventStore(database, database, wakeUps);
        model = new PostgresReadModel<>(database, new Tallies(), PostgresTallies.table("tallies"));
    }

    private void connectAgain(Duration connecting) {
        wakeUps.close();
        pool.close();
        connect(connecting);
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

    /** Everything that a store can be asked. */
    private List<Callable<?>> everything() {
        return List.of(
                this::put,
                () -> store.findCommand("k"),
                () -> store.readStream(PURSE, 0, 10),
                () -> store.readAll(0, 10),
                store::head,
                model::checkpoint,
                () -> model.apply(new Batch(0, List.of(), "h")),
                () -> {
                    model.reset();
                    return null;
                });
    }

    private void everythingIsUnavailable() throws Exception {
        List<CompletableFuture<StoreUnavailableException>> failures = everything().stream()
                .map(each -> started(() -> catchThrowableOfType(StoreUnavailableException.class, each::call)))
                .toList();
        for (var each : failures) {
            StoreUnavailableException failure = each.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("ERROR", "FATAL");
        }
    }

    /** On a thread of its own, since it waits. */
    private static <T> CompletableFuture<T> started(Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                task, run -> Thread.ofPlatform().daemon().start(run));
    }

    private void everythingWorks() throws Exception {
        for (Callable<?> each : everything()) {
            Waiting.until("it works again", () -> {
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
        Waiting.until("the pool has one", () -> {
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
    void to_empty_a_read_model_may_take_longer_than_any_other_statement() throws Exception {
        model.apply(new Batch(0, List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)), store.history()));
        try (Connection other = on.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM diptych.tallies FOR UPDATE");
            CompletableFuture<Boolean> reset = started(() -> {
                model.reset();
                return true;
            });
            Waiting.until(
                    "it waits",
                    () -> on.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND datname = current_database()")
                                    .size()
                            == 1);
            var later = new Batch(1, List.of(new PublishedEvent<>(new Coin("a", 1), 1, 2)), store.history());
            assertThatThrownBy(() -> model.apply(later)).isInstanceOf(StoreUnavailableException.class);
            assertThat(reset).as("what began before that").isNotDone();
            other.rollback();
            assertThat(reset.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(model.checkpoint()).isZero();
        assertThat(on.query("SELECT 1 FROM diptych.tallies")).isEmpty();
    }

    @Test
    void while_the_server_is_away_every_question_says_so_in_time_and_all_is_well_when_it_is_back() throws Exception {
        connectAgain(CONNECTING_IN_VAIN);
        everythingWorks();
        relay.cut();
        everythingIsUnavailable();
        relay.mend();
        everythingWorks();
    }

    @Test
    void a_line_that_has_gone_silent_is_given_up_in_time() throws Exception {
        put();
        relay.freeze();
        var failure = started(() -> catchThrowableOfType(StoreUnavailableException.class, this::put))
                .get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(failure).isNotNull();
        assertThat(failure.outcomeUnknown()).isTrue();
        relay.cut();
        relay.mend();
        everythingWorks();
    }

    @Test
    void a_pool_that_is_used_up_makes_nobody_wait_for_ever() throws Exception {
        connectAgain(CONNECTING_IN_VAIN);
        try (Connection one = borrowed();
                Connection two = borrowed()) {
            everythingIsUnavailable();
            assertThat(one.isValid(30) && two.isValid(30)).isTrue();
        }
        everythingWorks();
    }

    @Test
    void a_statement_that_takes_too_long_is_given_up_and_has_done_nothing() throws Exception {
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
    void a_projection_says_that_the_store_is_away_and_goes_on_by_itself_when_it_is_back() {
        var pace = new ProjectionRunner.Pace(10, Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(200));
        try (var runner = new ProjectionRunner(store, Coin.CODEC, model, pace)) {
            runner.start();
            put();
            Waiting.until("the coin is counted", () -> model.checkpoint() == 1);
            relay.cut();
            on.store().append(PURSE, ExpectedVersion.any(), List.of(Coin.CODEC.encode(new Coin("a", 1), Map.of())));
            Waiting.until("it says so", () -> runner.failure().isPresent());
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

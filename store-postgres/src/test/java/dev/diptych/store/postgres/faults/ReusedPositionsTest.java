package dev.diptych.store.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.events.PostgresEventStore;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Positions of rolled-back appends can be drawn again after a crash: PostgreSQL logs every 33rd value of a sequence,
 * and flushes the log at a commit only. A reader that remembers such a position as read misses the event that gets it.
 */
class ReusedPositionsTest {

    private static final StreamName PURSE = new StreamName("purse");
    private static final String DATABASE = "postgres";

    @TempDir
    private Path directory;

    private PostgresServer server;
    private PostgresPool pool;
    private PostgresWakeUps wakeUps;
    private Database database;
    private PostgresEventStore store;

    @BeforeEach
    void start() {
        server = PostgresServer.create(directory.resolve("data"), Map.of("wal_writer_delay", "10s"));
        new TestServer(server.url(DATABASE), List.of("events", "contract"), DATABASE);
        pool = new PostgresPool(Settings.of(server.url(DATABASE), "", "", "node"));
        wakeUps = new PostgresWakeUps(pool.dedicated());
        database = Database.ofProjector(pool.pooled());
        store = new PostgresEventStore(database, database, wakeUps);
    }

    @AfterEach
    void end() {
        wakeUps.close();
        pool.close();
        server.close();
    }

    private void put(int coins) {
        var coin = Coin.CODEC.encode(new Coin("a", 1), Map.of());
        store.append(PURSE, ExpectedVersion.any(), Collections.nCopies(coins, coin));
    }

    private void putUntilTheNextDrawIsLogged() {
        do {
            put(1);
        } while (!server.query(DATABASE, "SELECT log_cnt FROM diptych.event_position")
                .equals(List.of("0")));
    }

    /** Appends in a transaction that remains open. */
    private static void append(Connection open) throws SQLException {
        open.setAutoCommit(false);
        try (var statement = open.createStatement()) {
            statement.execute(
                    "SELECT diptych.append(true, 'other', 'any', null, true, null, null, 'coin', 1, '{}', '{}',"
                            + " null, null, null, null)");
        }
    }

    private static boolean isDone(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private long horizon() {
        return Long.parseLong(server.query(DATABASE, "SELECT diptych.horizon()").getFirst());
    }

    @Test
    void an_event_at_a_reused_position_is_read() throws Exception {
        putUntilTheNextDrawIsLogged();
        ReadModelStore model = new PostgresReadModel<>(database, new Tallies(), PostgresTallies.table("tallies"));
        try (var runner = new ProjectionRunner(store, Coin.CODEC, model, Pace.DEFAULT)) {
            runner.start();
            Waiting.until("all events are applied", () -> model.checkpoint() == store.head());
        }
        long last = store.head();
        server.execute(DATABASE, "CHECKPOINT");
        try (Connection aborted = server.connect(DATABASE)) {
            append(aborted);
            aborted.rollback();
        }

        long drawn = horizon();
        assertThat(drawn).as("the horizon").isEqualTo(last + 1);
        List<RecordedEvent> seen = store.readAll(0, 1_000).events();
        assertThat(seen.getLast().position()).as("where a reader continues").isEqualTo(last);
        assertThat(store.head()).isEqualTo(last);
        assertThat(model.checkpoint()).isEqualTo(last);

        server.crash();
        Waiting.until("the store is available", () -> isDone(() -> put(1)));
        assertThat(store.head()).as("the position of the next event").isEqualTo(drawn);
        assertThat(store.readAll(last, 10).events()).hasSize(1);
        assertThat(store.readAll(drawn, 10).events())
                .as("what a reader sees that remembers the horizon")
                .isEmpty();
        try (var runner = new ProjectionRunner(store, Coin.CODEC, model, Pace.DEFAULT)) {
            runner.start();
            Waiting.until("the event is applied", () -> model.checkpoint() == drawn);
        }
    }

    @Test
    void an_append_at_a_reused_position_holds_back_the_reader_after_it() throws Exception {
        putUntilTheNextDrawIsLogged();
        long last = store.head();
        server.execute(DATABASE, "CHECKPOINT");
        try (Connection aborted = server.connect(DATABASE)) {
            append(aborted);
            append(aborted);
            aborted.rollback();
        }
        assertThat(horizon()).isEqualTo(last + 2);
        assertThat(store.readAll(0, 1).events()).as("a page below the horizon").hasSize(1);

        server.crash();
        Waiting.until("the server accepts connections", () -> isDone(this::horizon));
        try (Connection open = server.connect(DATABASE)) {
            append(open);
            Waiting.until("the store is available", () -> isDone(() -> put(1)));
            assertThat(store.head()).as("both positions are reused").isEqualTo(last + 2);
            assertThat(store.readAll(last, 1).events()).isEmpty();
            open.commit();
        }
        assertThat(store.readAll(last, 10).events())
                .extracting(RecordedEvent::position)
                .containsExactly(last + 1, last + 2);
    }
}

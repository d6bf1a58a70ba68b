package dev.diptych.store.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PublishedEvent;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch that was read from a primary, whose last events a fail-over then loses, is not applied on the new primary.
 * Three stores that lack one part of the protection apply it, and so have rows without events.
 */
@Tag("full")
class FailoverTest {

    private static final StreamName PURSE = new StreamName("purse");
    private static final String DATABASE = "postgres";

    @TempDir
    private Path directory;

    private PostgresServer primary;
    private Standby standby;
    private Relay address;
    private PostgresPool pool;
    private Database database;
    private PostgresWakeUps wakeUps;
    private PostgresEventStore store;
    private String history;

    @BeforeEach
    void replicate() {
        primary = PostgresServer.create(directory.resolve("a"));
        new TestServer(primary.url(DATABASE), List.of("events", "contract"), DATABASE);
        address = Relay.to(primary.port());
        pool = new PostgresPool(Settings.of(address.url(primary.url(DATABASE)), "", "", "node"));
        database = Database.ofProjector(pool.pooled());
        wakeUps = new PostgresWakeUps(pool.dedicated());
        store = new PostgresEventStore(database, database, wakeUps);
        history = store.history();
        put(3);
        tallies(database).apply(batch());
        standby = Backup.of(primary, directory.resolve("b")).standby();
    }

    @AfterEach
    void end() {
        wakeUps.close();
        pool.close();
        standby.close();
        primary.close();
        address.close();
    }

    private void put(int coins) {
        var coin = Coin.CODEC.encode(new Coin("a", 1), Map.of());
        assertThat(store.append(PURSE, ExpectedVersion.any(), Collections.nCopies(coins, coin), Optional.empty()))
                .isInstanceOf(AppendResult.Appended.class);
    }

    private static ReadModelStore tallies(Database projector) {
        return new PostgresReadModel<>(projector, new Tallies(), PostgresTallies.table("tallies"));
    }

    /** The events after the checkpoint, as a runner reads them. */
    private Batch batch() {
        long after = tallies(database).checkpoint();
        EventPage page = store.readAll(after, 1_000);
        return new Batch(
                after,
                page.events().stream()
                        .<PublishedEvent<?>>map(event ->
                                new PublishedEvent<>(Coin.CODEC.decode(event), event.version(), event.position()))
                        .toList(),
                page.history());
    }

    /** Reads five events that the standby never receives, and fails over. */
    private Batch failOver() {
        standby.awaitCaughtUp(primary);
        standby.cutReplication();
        put(5);
        Batch read = batch();
        assertThat(read.events()).hasSize(5);
        primary.kill();
        standby.server().promote();
        address.pointTo(standby.server().port());
        return read;
    }

    private boolean applied(Supplier<Boolean> apply) {
        while (true) {
            try {
                return apply.get();
            } catch (StoreUnavailableException e) {
                // a pooled connection to the old primary
            }
        }
    }

    private boolean hasRowsWithoutEvents() {
        return !standby.server()
                .query(
                        DATABASE,
                        "SELECT 1 FROM diptych.checkpoints WHERE position > (SELECT max(position) FROM diptych.events)")
                .isEmpty();
    }

    @Test
    void a_batch_of_lost_events_is_not_applied_and_later_events_are() {
        Batch lost = failOver();
        ReadModelStore model = tallies(database);
        assertThat(applied(() -> model.apply(lost))).isFalse();
        assertThat(hasRowsWithoutEvents()).isFalse();
        assertThat(store.history()).isNotEqualTo(history);

        put(4);
        assertThat(model.apply(batch())).isTrue();
        assertThat(standby.server().query(DATABASE, "SELECT sum FROM diptych.tallies WHERE key = 'a'"))
                .as("three before, four after, and none of the five lost events")
                .containsExactly("7");
    }

    @Test
    void without_the_check_it_is_applied() {
        Batch lost = failOver();
        assertThat(applied(() -> tallies(database).apply(in(store.history(), lost))))
                .isTrue();
        assertThat(hasRowsWithoutEvents()).isTrue();
    }

    @Test
    void with_a_check_on_another_connection_it_is_applied() {
        standby.awaitCaughtUp(primary);
        String checked = store.history(); // before the fail-over, on a connection to the old primary
        Batch lost = failOver();
        assertThat(lost.history()).isEqualTo(checked);
        assertThat(applied(() -> tallies(database).apply(in(store.history(), lost))))
                .isTrue();
        assertThat(hasRowsWithoutEvents()).isTrue();
    }

    private static Batch in(String history, Batch batch) {
        return new Batch(batch.after(), batch.events(), history);
    }

    @Test
    void a_connection_to_a_standby_is_rejected_and_would_apply_it() {
        standby.awaitCaughtUp(primary);
        try (var early = new PostgresPool(
                Settings.of(standby.server().url(DATABASE), "", "", "early").withSize(1))) {
            var projector = Database.ofProjector(early.pooled());
            assertThatThrownBy(() -> projector.run(projector::history))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("it is a standby");
        }
        primary.execute(DATABASE, """
                CREATE OR REPLACE FUNCTION diptych.enter_history(p_appends boolean) RETURNS text LANGUAGE sql AS
                $$ SELECT id FROM diptych.histories ORDER BY number DESC LIMIT 1 $$
                """);
        standby.awaitCaughtUp(primary);
        try (var early = new PostgresPool(
                Settings.of(standby.server().url(DATABASE), "", "", "early").withSize(1))) {
            var projector = Database.ofProjector(early.pooled());
            assertThat(projector.run(projector::history)).as("on a standby").isEqualTo(history);
            Batch lost = failOver();
            assertThat(tallies(projector).apply(lost)).isTrue();
            assertThat(hasRowsWithoutEvents()).isTrue();
        }
    }

    @Test
    void an_expected_version_of_the_lost_history_is_a_conflict() {
        failOver();
        assertThat(applied(() -> store.append(PURSE, ExpectedVersion.exactly(3, history), List.of(), Optional.empty())
                                instanceof AppendResult.Conflict conflict
                        && conflict.actual() == 3
                        && conflict.history().equals(store.history())))
                .isTrue();
    }
}

package dev.diptych.store.postgres.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.automation.UnpaidOrdersContract;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.readmodels.Contexts;
import dev.diptych.store.postgres.readmodels.PostgresLease;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On PostgreSQL; the worker has the privileges of the reader and the writer, as the node role automate has. */
class PostgresUnpaidOrdersTest extends UnpaidOrdersContract {

    /** Longer than a test: a node that holds the lease does not ask again. */
    private static final Duration LEASE = Duration.ofHours(3);

    private static TestDatabase on;

    @BeforeAll
    static void create() {
        on = Contexts.fresh();
    }

    @AfterAll
    static void drop() {
        on.close();
    }

    @Override
    protected void openStore() {
        on.execute("TRUNCATE diptych.unpaid_orders");
        on.reopen();
        assertThat(on.store().history()).isNotEmpty(); // enters it, as nodes do at start
    }

    @Override
    protected EventStore store() {
        return on.store();
    }

    @Override
    protected ReadModelStore readModel() {
        return new PostgresOrders(on.database()).unpaid().readModel();
    }

    @Override
    protected TodoList<UnpaidOrder> list() {
        return new PostgresOrders(Database.ofReader(on.pooledAs("diptych_reader"))).unpaid();
    }

    @Override
    protected Lease lease(String node) {
        return PostgresLease.ofAutomation(
                Database.ofWriter(on.pooledAs("diptych_writer")), "unpaid-orders", 1, node, LEASE);
    }

    @Override
    protected void expireLeases() {
        on.execute("UPDATE diptych.leases SET until = '-infinity'");
    }

    @Override
    protected void pruneCommandIds() {
        on.execute("UPDATE diptych.commands SET recorded_at = recorded_at - interval '2 days'");
        assertThat(on.store().pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, 1_000))
                .isPositive();
    }

    /** The server's clock cannot be moved, so the times that are compared with it are. */
    @Test
    void due_times_follow_the_clock_of_the_store() {
        cancelsOnlyAfter(TWO_WEEKS, PostgresUnpaidOrdersTest::forward);
    }

    private static void forward(Duration time) {
        String interval = "interval '" + time.toMillis() + " milliseconds'";
        on.execute(
                "UPDATE diptych.unpaid_orders SET due_at = due_at - " + interval,
                "UPDATE diptych.leases SET until = until - " + interval);
    }

    @Test
    void a_new_history_does_nothing_twice() {
        doesNothingTwiceAfter(() -> {
            on.execute("SELECT diptych.add_history()");
            on.leaveHistory();
        });
    }

    @Test
    void a_pause_of_the_list_pauses_the_automation() {
        Lease lease = lease("a");
        var listLease = new PostgresLease(on.database(), "unpaid-orders", 1, "a", Duration.ofSeconds(1));
        assertThat(lease.hold()).isEqualTo(Lease.Turn.MINE);
        listLease.pause();
        assertThat(lease("b").hold()).isEqualTo(Lease.Turn.PAUSED);
        assertThat(listLease.hold()).isEqualTo(Lease.Turn.PAUSED);
        listLease.resume();
        assertThat(lease("b").hold()).isEqualTo(Lease.Turn.ELSEWHERE);
        lease.release();
        assertThat(lease("b").hold()).isEqualTo(Lease.Turn.MINE);
        assertThat(listLease.hold()).as("the list's lease is another").isEqualTo(Lease.Turn.MINE);
    }
}

package dev.diptych.store.postgres.faults;

import dev.diptych.core.contract.LinearizabilityContract;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import dev.diptych.store.postgres.UnvalidatedPool;
import dev.diptych.store.postgres.events.PostgresEventStore;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Connections are killed and cut, responses are lost, and statements time out, while calls are in flight. */
@Tag("full")
class LinearizabilityUnderFaultsTest extends LinearizabilityContract {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMillis(200);

    private static final String KILL_ONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name = 'linearizability'"
            + " ORDER BY state = 'active' DESC, random() LIMIT 1";

    private static final String HOLD_UP_APPENDS =
            "BEGIN; LOCK TABLE diptych.events IN SHARE MODE; SELECT pg_sleep(0.3); COMMIT";

    private final ReentrantLock oneFaultAtATime = new ReentrantLock();
    private TestDatabase on;
    private Relay relay;
    private PostgresPool pool;
    private PostgresWakeUps wakeUps;

    @Override
    protected EventStore newStore() {
        on = TestServer.newest().withoutRows();
        relay = Relay.to(on.url());
        pool = UnvalidatedPool.of(Settings.of(relay.url(on.url()), "", "", "linearizability")
                .withTimeouts(Duration.ofSeconds(2), STATEMENT_TIMEOUT));
        wakeUps = new PostgresWakeUps(pool.dedicated());
        Database database = Database.ofProjector(pool.pooled());
        return new PostgresEventStore(database, database, wakeUps);
    }

    @Override
    protected int workloads() {
        return Integer.getInteger("contract.workloads", 200);
    }

    @Override
    protected void injectFault(Random random) {
        int fault = random.nextInt(20);
        if (oneFaultAtATime.tryLock()) {
            try {
                if (fault == 0) {
                    on.execute(HOLD_UP_APPENDS);
                } else if (fault < 10) {
                    on.execute(KILL_ONE);
                } else {
                    relay.dropResponses();
                    relay.cut();
                    relay.mend();
                }
            } finally {
                oneFaultAtATime.unlock();
            }
        }
    }

    @AfterEach
    void close() {
        wakeUps.close();
        pool.close();
        relay.close();
        on.close();
    }
}

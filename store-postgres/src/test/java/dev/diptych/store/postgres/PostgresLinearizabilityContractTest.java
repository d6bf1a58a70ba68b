package dev.diptych.store.postgres;

import dev.diptych.core.contract.LinearizabilityContract;
import dev.diptych.core.eventstore.EventStore;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** Connections are killed while calls are in flight. */
class PostgresLinearizabilityContractTest extends LinearizabilityContract {

    private static final String KILL_ONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name = 'test'"
            + " ORDER BY state = 'active' DESC, random() LIMIT 1";

    private TestDatabase on;

    @Override
    protected EventStore newStore() {
        on = TestServer.newest().fresh(); // its connections are not used again
        return on.store();
    }

    @Override
    protected int workloads() {
        return 20;
    }

    @Override
    protected void injectFault(Random random) {
        on.execute(KILL_ONE);
    }

    @AfterEach
    void close() {
        on.close();
    }
}

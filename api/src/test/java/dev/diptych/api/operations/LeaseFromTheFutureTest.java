package dev.diptych.api.operations;

import dev.diptych.api.Diptych;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.TestPostgres;
import org.junit.jupiter.api.Test;

/** Leases that end far in the future, because the database's clock was ahead when they were taken. */
class LeaseFromTheFutureTest {

    @Test
    void a_node_takes_over_a_lease_that_ends_too_far_in_the_future() {
        String database = TestPostgres.freshDatabase();
        for (String projection : MemoryStore.open().read().contexts().projections()) {
            TestPostgres.execute(
                    "INSERT INTO diptych.leases (projection, holder, until)" + " VALUES ('" + projection
                            + "', 'gone', clock_timestamp() + interval '1 hour')",
                    database);
        }
        try (Diptych node = Diptych.start(TestPostgres.open(database), "127.0.0.1", 0);
                OrderClient client = OrderClient.of(node)) {
            client.find(client.place("o"));
        }
    }
}

package dev.diptych.api;

import dev.diptych.api.launch.MemoryStore;
import org.junit.jupiter.api.Test;

/**
 * The database's clock was ahead, as on another machine before a fail-over, when a node that is gone took the leases.
 */
class LeaseFromTheFutureTest {

    @Test
    void a_node_projects_although_a_lease_of_another_ends_in_an_hour() {
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

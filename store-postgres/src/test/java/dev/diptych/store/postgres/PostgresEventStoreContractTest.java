package dev.diptych.store.postgres;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class PostgresEventStoreContractTest {

    @Nested
    class OnTheNewest extends On {
        OnTheNewest() {
            super(TestServer.newest());
        }
    }

    @Nested
    class OnTheOldest extends On {
        OnTheOldest() {
            super(TestServer.oldest());
        }
    }

    abstract static class On extends EventStoreContract {

        private final TestServer server;
        private TestDatabase on;

        On(TestServer server) {
            this.server = server;
        }

        @Override
        protected EventStore newStore() {
            on = server.fresh();
            return on.store();
        }

        @AfterEach
        void drop() {
            on.close();
        }
    }
}

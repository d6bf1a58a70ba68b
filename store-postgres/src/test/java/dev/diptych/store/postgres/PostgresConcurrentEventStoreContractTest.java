package dev.diptych.store.postgres;

import dev.diptych.core.contract.ConcurrentEventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class PostgresConcurrentEventStoreContractTest {

    @Nested
    class OnTheNewest extends On {
        OnTheNewest() {
            super(TestServer.newest());
        }
    }

    @Nested
    @Tag("oldest")
    class OnTheOldest extends On {
        OnTheOldest() {
            super(TestServer.oldest());
        }
    }

    abstract static class On extends ConcurrentEventStoreContract {

        private final TestServer server;
        private TestDatabase on;

        On(TestServer server) {
            this.server = server;
        }

        @Override
        protected EventStore newStore() {
            on = server.withoutRows();
            return on.store();
        }

        @AfterEach
        void drop() {
            on.close();
        }
    }
}

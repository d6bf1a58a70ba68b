package dev.diptych.store.postgres;

import dev.diptych.core.contract.EventStoreContract;
import dev.diptych.core.eventstore.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class PostgresEventStoreContractTest {

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

    abstract static class On extends EventStoreContract {

        private final TestServer server;
        private final List<TestDatabase> opened = new ArrayList<>();

        On(TestServer server) {
            this.server = server;
        }

        @Override
        protected EventStore newStore() {
            opened.add(server.withoutRows());
            return opened.getLast().store();
        }

        @Override
        protected void letTimePass(Duration time) {
            opened.forEach(on -> on.execute("UPDATE diptych.commands SET recorded_at = recorded_at - interval '"
                    + time.toSeconds() + " seconds'"));
        }

        @AfterEach
        void drop() {
            opened.forEach(TestDatabase::close);
            opened.clear();
        }
    }
}

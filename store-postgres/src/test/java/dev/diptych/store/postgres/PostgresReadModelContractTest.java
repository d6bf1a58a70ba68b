package dev.diptych.store.postgres;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.ReadModelStoreContract;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class PostgresReadModelContractTest {

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

    abstract static class On extends ReadModelStoreContract {

        private final TestServer server;
        private TestDatabase on;
        private PostgresTallies tallies;

        On(TestServer server) {
            this.server = server;
        }

        @Override
        protected void newStore() {
            on = server.withoutRows();
            tallies = new PostgresTallies(on);
        }

        @Override
        protected ReadModelStore readModel(Projection<Coin, Tally> projection) {
            return tallies.readModel(projection);
        }

        @Override
        protected Map<String, Tally> rows(ReadModelStore readModel) {
            return tallies.rows(readModel);
        }

        @Override
        protected String history() {
            return on.store().history();
        }

        @AfterEach
        void drop() {
            on.close();
        }
    }
}

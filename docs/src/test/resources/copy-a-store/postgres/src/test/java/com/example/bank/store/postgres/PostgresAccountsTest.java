package com.example.bank.store.postgres;

import com.example.bank.accounts.AccountSpecs;
import com.example.bank.accounts.read.Balance;
import com.example.bank.core.eventstore.EventStore;
import com.example.bank.core.projection.ReadModelStore;
import com.example.bank.store.postgres.accounts.PostgresBalances;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class PostgresAccountsTest extends AccountSpecs {

    private TestDatabase on;

    @Override
    protected EventStore newStore() {
        on = TestServer.newest().fresh();
        TestServer.newest().migrate(on.name(), PostgresBalances.SCHEMA.name());
        PostgresSchema.require(on.database(), List.of(PostgresSchema.EVENTS, PostgresBalances.SCHEMA));
        return on.store();
    }

    @AfterEach
    void drop() {
        on.close();
    }

    @Override
    protected ReadModelStore balances() {
        return PostgresBalances.readModel(on.database());
    }

    @Override
    protected Optional<Balance> balance(String accountId) {
        return new PostgresBalances(on.database()).find(accountId).value();
    }
}

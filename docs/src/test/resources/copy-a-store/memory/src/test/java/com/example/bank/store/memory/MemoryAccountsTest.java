package com.example.bank.store.memory;

import com.example.bank.accounts.AccountSpecs;
import com.example.bank.accounts.read.Balance;
import com.example.bank.accounts.read.BalanceProjection;
import com.example.bank.core.eventstore.EventStore;
import com.example.bank.core.projection.ReadModelStore;
import java.util.Comparator;
import java.util.Optional;

class MemoryAccountsTest extends AccountSpecs {

    private final EventStore store = new MemoryEventStore();
    private final MemoryReadModel<String, Balance> balances = new MemoryReadModel<>(
            store.history(), new BalanceProjection(), Balance::accountId, Comparator.naturalOrder());

    @Override
    protected EventStore newStore() {
        return store;
    }

    @Override
    protected ReadModelStore balances() {
        return balances;
    }

    @Override
    protected Optional<Balance> balance(String accountId) {
        return balances.find(accountId).value();
    }
}

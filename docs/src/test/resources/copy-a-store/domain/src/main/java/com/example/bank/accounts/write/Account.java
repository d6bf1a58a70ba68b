package com.example.bank.accounts.write;

import com.example.bank.accounts.events.AccountEvent;
import com.example.bank.accounts.events.AccountEvent.AccountOpened;
import com.example.bank.accounts.events.AccountEvent.MoneyDeposited;
import com.example.bank.accounts.events.AccountEvent.MoneyWithdrawn;
import com.example.bank.core.aggregate.Aggregate;

/** The rules of an account: it is opened once, and no more is taken out than is in it. */
public final class Account extends Aggregate<Account.State, AccountEvent> {

    /** An account to which nothing has happened yet. */
    public Account() {
        super(AccountEvent.class, new State("", "", 0), Account::evolve);
    }

    // State: what the rules need to know, and no more

    record State(String accountId, String owner, long cents) {

        boolean isOpen() {
            return !accountId.isEmpty();
        }

        State holding(long newCents) {
            return new State(accountId, owner, newCents);
        }
    }

    // Evolve

    static State evolve(State state, AccountEvent event) {
        return switch (event) {
            case AccountOpened e -> new State(e.accountId(), e.owner(), 0);
            case MoneyDeposited e -> state.holding(state.cents() + e.cents());
            case MoneyWithdrawn e -> state.holding(state.cents() - e.cents());
        };
    }

    // Decide

    void open(String accountId, String owner) {
        if (!state().isOpen()) {
            raise(new AccountOpened(accountId, owner));
        } else if (!state().owner().equals(owner)) {
            reject(new AccountRejection.OpenedForAnother(accountId));
        }
    }

    void deposit(long cents) {
        raise(new MoneyDeposited(state().accountId(), cents));
    }

    void withdraw(long cents) {
        if (cents > state().cents()) {
            reject(new AccountRejection.NotEnough(
                    state().accountId(), state().cents(), cents));
        }
        raise(new MoneyWithdrawn(state().accountId(), cents));
    }
}

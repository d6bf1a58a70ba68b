package com.example.bank.accounts.write;

import com.example.bank.accounts.events.AccountEvent;
import com.example.bank.accounts.events.AccountEvent.AccountOpened;
import com.example.bank.accounts.events.AccountEvent.MoneyDeposited;
import com.example.bank.accounts.events.AccountEvent.MoneyWithdrawn;
import com.example.bank.core.aggregate.Aggregate;

/** The rules of an account: it is opened once, and never overdrawn. */
public final class Account extends Aggregate<Account.State, AccountEvent> {

    /** An account without events. */
    public Account(String accountId) {
        super(accountId, AccountEvent.class, new State(false, "", 0), Account::evolve);
    }

    // State: what the rules need to know, and no more

    record State(boolean open, String owner, long cents) {

        State holding(long newCents) {
            return new State(open, owner, newCents);
        }
    }

    // Evolve

    static State evolve(State state, AccountEvent event) {
        return switch (event) {
            case AccountOpened e -> new State(true, e.owner(), 0);
            case MoneyDeposited e -> state.holding(state.cents() + e.cents());
            case MoneyWithdrawn e -> state.holding(state.cents() - e.cents());
        };
    }

    // Decide

    void open(String owner) {
        if (!state().open()) {
            raise(new AccountOpened(id(), owner));
        } else if (!state().owner().equals(owner)) {
            reject(new AccountRejection.OpenedForAnother(id()));
        }
    }

    void deposit(long cents) {
        rejectUnlessOpen();
        raise(new MoneyDeposited(id(), cents));
    }

    void withdraw(long cents) {
        rejectUnlessOpen();
        if (cents > state().cents()) {
            reject(new AccountRejection.NotEnough(id(), state().cents(), cents));
        }
        raise(new MoneyWithdrawn(id(), cents));
    }

    private void rejectUnlessOpen() {
        if (!state().open()) {
            rejectAsNotFound();
        }
    }
}

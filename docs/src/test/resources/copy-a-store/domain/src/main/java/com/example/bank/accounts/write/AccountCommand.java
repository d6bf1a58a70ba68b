package com.example.bank.accounts.write;

import static com.example.bank.core.eventstore.Text.requireId;
import static com.example.bank.core.eventstore.Text.requireText;

import com.example.bank.core.aggregate.Repository;
import com.example.bank.core.command.Command;
import com.example.bank.core.command.DirectCommandBus;
import com.example.bank.core.eventstore.EventCodec;
import com.example.bank.core.eventstore.EventStore;

/** The commands of an account. Amounts are in cents, 1 to {@link #MAX_CENTS}. */
public sealed interface AccountCommand extends Command {

    /** The highest amount of one command. */
    long MAX_CENTS = 100_000_000;

    /** The id of the account. */
    String accountId();

    /** Registers the handler: it loads the account, calls the behaviour, and appends the events that were raised. */
    static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var accounts = new Repository<>("account", Account::new, store, codec);
        bus.register(
                AccountCommand.class,
                (command, context) ->
                        accounts.update(command.accountId(), context, account -> decide(account, command)));
    }

    private static void decide(Account account, AccountCommand command) {
        switch (command) {
            case OpenAccount c -> account.open(c.owner());
            case DepositMoney c -> account.deposit(c.cents());
            case WithdrawMoney c -> account.withdraw(c.cents());
        }
    }

    /** Opens an account. */
    record OpenAccount(String accountId, String owner) implements AccountCommand {
        /** Validates the fields. */
        public OpenAccount {
            requireId("account id", accountId);
            requireText("owner", owner, 100);
        }
    }

    /** Deposits money. */
    record DepositMoney(String accountId, long cents) implements AccountCommand {
        /** Validates the fields. */
        public DepositMoney {
            requireId("account id", accountId);
            requireAmount(cents);
        }
    }

    /** Withdraws money. */
    record WithdrawMoney(String accountId, long cents) implements AccountCommand {
        /** Validates the fields. */
        public WithdrawMoney {
            requireId("account id", accountId);
            requireAmount(cents);
        }
    }

    private static void requireAmount(long cents) {
        if (cents < 1 || cents > MAX_CENTS) {
            throw new IllegalArgumentException("The amount must be from 1 to " + MAX_CENTS + ", but is " + cents);
        }
    }
}

package com.example.bank.accounts.write;

import com.example.bank.accounts.write.AccountCommand.DepositMoney;
import com.example.bank.accounts.write.AccountCommand.OpenAccount;
import com.example.bank.accounts.write.AccountCommand.WithdrawMoney;
import com.example.bank.core.aggregate.Repository;
import com.example.bank.core.bus.DirectCommandBus;
import com.example.bank.core.eventstore.EventCodec;
import com.example.bank.core.eventstore.EventStore;

/** Who handles the commands of accounts: each loads one, lets it act, and appends what it raised. */
public final class AccountCommands {

    private AccountCommands() {}

    /** Registers the three handlers. */
    public static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var accounts = new Repository<>("account", Account::new, store, codec);

        bus.register(
                OpenAccount.class,
                (command, context) -> accounts.begin(
                        command.accountId(), context, account -> account.open(command.accountId(), command.owner())));

        bus.register(
                DepositMoney.class,
                (command, context) ->
                        accounts.act(command.accountId(), context, account -> account.deposit(command.cents())));

        bus.register(
                WithdrawMoney.class,
                (command, context) ->
                        accounts.act(command.accountId(), context, account -> account.withdraw(command.cents())));
    }
}

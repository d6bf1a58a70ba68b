package com.example.bank.accounts.write;

import com.example.bank.core.bus.Command;
import com.example.bank.core.bus.Require;

/** What can be asked of an account. Amounts are in cents, 1 to {@link #MOST}. */
public sealed interface AccountCommand extends Command {

    /** The most that is moved at once. */
    long MOST = 100_000_000;

    /** Which account. */
    String accountId();

    /** Begin one. */
    record OpenAccount(String accountId, String owner) implements AccountCommand {
        /** Checks the form. */
        public OpenAccount {
            Require.id("account id", accountId);
            Require.text("owner", owner, 100);
        }
    }

    /** Put something in. */
    record DepositMoney(String accountId, long cents) implements AccountCommand {
        /** Checks the form. */
        public DepositMoney {
            Require.id("account id", accountId);
            Require.range("amount", cents, 1L, MOST);
        }
    }

    /** Take something out. */
    record WithdrawMoney(String accountId, long cents) implements AccountCommand {
        /** Checks the form. */
        public WithdrawMoney {
            Require.id("account id", accountId);
            Require.range("amount", cents, 1L, MOST);
        }
    }
}

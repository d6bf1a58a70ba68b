package com.example.bank.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.bank.accounts.read.Balance;
import com.example.bank.accounts.write.AccountCommand;
import com.example.bank.accounts.write.AccountCommand.DepositMoney;
import com.example.bank.accounts.write.AccountCommand.OpenAccount;
import com.example.bank.accounts.write.AccountCommand.WithdrawMoney;
import com.example.bank.accounts.write.AccountRejection;
import com.example.bank.core.command.Command;
import com.example.bank.core.command.CommandResult;
import com.example.bank.core.command.DirectCommandBus;
import com.example.bank.core.contract.Waiting;
import com.example.bank.core.eventstore.EventStore;
import com.example.bank.core.projection.ProjectionRunner;
import com.example.bank.core.projection.ProjectionRunner.Pace;
import com.example.bank.core.projection.ReadModelStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Accounts on a store, from the command to the balance. */
public abstract class AccountSpecs {

    /** A store without events. */
    protected abstract EventStore newStore();

    /** The read model of the balances of that store. */
    protected abstract ReadModelStore balances();

    /** The balance as a reader sees it. */
    protected abstract Optional<Balance> balance(String accountId);

    @Test
    public void money_comes_in_and_goes_out_and_the_balance_follows() {
        EventStore store = newStore();
        try (var runner = new ProjectionRunner(store, StoredAccountEvents.codec(), balances(), Pace.DEFAULT)) {
            runner.start();
            assertAccepted(send(store, new OpenAccount("a-1", "Ada")));
            assertAccepted(send(store, new DepositMoney("a-1", 1_000)));
            assertAccepted(send(store, new WithdrawMoney("a-1", 300)));
            Waiting.until(
                    "the balance reflects all three",
                    () -> balance("a-1").equals(Optional.of(new Balance("a-1", "Ada", 700, store.head()))));
        }
    }

    @Test
    public void no_more_is_withdrawn_than_there_is() {
        EventStore store = newStore();
        send(store, new OpenAccount("a-1", "Ada"));
        send(store, new DepositMoney("a-1", 1_000));
        assertThat(send(store, new WithdrawMoney("a-1", 1_001)))
                .isEqualTo(new CommandResult.Rejected(new AccountRejection.NotEnough("a-1", 1_000, 1_001)));
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    public void an_account_that_was_never_opened_is_not_found() {
        assertThat(send(newStore(), new DepositMoney("a-2", 1))).isEqualTo(new CommandResult.NotFound("account", "a-2"));
    }

    private static CommandResult send(EventStore store, Command command) {
        var bus = DirectCommandBus.builder();
        AccountCommand.register(bus, store, StoredAccountEvents.codec());
        return bus.build().dispatch(command);
    }

    private static void assertAccepted(CommandResult result) {
        assertThat(result).isInstanceOf(CommandResult.Accepted.class);
    }
}

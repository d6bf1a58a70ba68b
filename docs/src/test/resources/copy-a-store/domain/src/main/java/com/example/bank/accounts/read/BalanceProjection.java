package com.example.bank.accounts.read;

import com.example.bank.accounts.events.AccountEvent;
import com.example.bank.accounts.events.AccountEvent.AccountOpened;
import com.example.bank.accounts.events.AccountEvent.MoneyDeposited;
import com.example.bank.accounts.events.AccountEvent.MoneyWithdrawn;
import com.example.bank.core.projection.Projection;
import com.example.bank.core.projection.PublishedEvent;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row for each account, with its balance. Immutable. */
public final class BalanceProjection implements Projection<AccountEvent, Balance> {

    /** The name of the read model. */
    public static final String NAME = "balances";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<AccountEvent> eventType() {
        return AccountEvent.class;
    }

    @Override
    public Set<String> keysOf(AccountEvent event) {
        return Set.of(event.accountId());
    }

    @Override
    public Balance evolve(String key, @Nullable Balance row, PublishedEvent<AccountEvent> published) {
        return switch (published.event()) {
            case AccountOpened e -> new Balance(e.accountId(), e.owner(), 0, published.position());
            case MoneyDeposited e -> changed(row, e.cents(), published.position());
            case MoneyWithdrawn e -> changed(row, -e.cents(), published.position());
        };
    }

    private static Balance changed(@Nullable Balance row, long by, long position) {
        Balance before = Objects.requireNonNull(row, "The account has no row, though its first event comes before");
        return new Balance(before.accountId(), before.owner(), before.cents() + by, position);
    }
}

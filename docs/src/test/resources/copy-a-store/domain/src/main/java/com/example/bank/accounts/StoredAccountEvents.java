package com.example.bank.accounts;

import com.example.bank.accounts.events.AccountEvent.AccountOpened;
import com.example.bank.accounts.events.AccountEvent.MoneyDeposited;
import com.example.bank.accounts.events.AccountEvent.MoneyWithdrawn;
import com.example.bank.core.json.JsonEventCodec;

/** Every event that is stored, with its stored name and the version of its shape. */
public final class StoredAccountEvents {

    private StoredAccountEvents() {}

    /** The codec of these events. */
    public static JsonEventCodec codec() {
        return JsonEventCodec.builder()
                .event("account-opened", 1, AccountOpened.class)
                .event("money-deposited", 1, MoneyDeposited.class)
                .event("money-withdrawn", 1, MoneyWithdrawn.class)
                .build();
    }
}

package com.example.bank.accounts.events;

/** What has happened to an account. Amounts are in cents. */
public sealed interface AccountEvent {

    /** The id of the account. */
    String accountId();

    /** The account was opened, empty. */
    record AccountOpened(String accountId, String owner) implements AccountEvent {}

    /** Money was deposited. */
    record MoneyDeposited(String accountId, long cents) implements AccountEvent {}

    /** Money was withdrawn. */
    record MoneyWithdrawn(String accountId, long cents) implements AccountEvent {}
}

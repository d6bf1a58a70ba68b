package com.example.bank.accounts.events;

/** What has happened to an account. Amounts are in cents. */
public sealed interface AccountEvent {

    /** Which account. */
    String accountId();

    /** It has come into being, empty. */
    record AccountOpened(String accountId, String owner) implements AccountEvent {}

    /** Something was put in. */
    record MoneyDeposited(String accountId, long cents) implements AccountEvent {}

    /** Something was taken out. */
    record MoneyWithdrawn(String accountId, long cents) implements AccountEvent {}
}

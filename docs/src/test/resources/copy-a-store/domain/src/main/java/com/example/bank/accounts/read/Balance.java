package com.example.bank.accounts.read;

/**
 * The balance of one account: a row.
 *
 * @param cents the amount that the account holds
 * @param position the position that this row reflects
 */
public record Balance(String accountId, String owner, long cents, long position) {}

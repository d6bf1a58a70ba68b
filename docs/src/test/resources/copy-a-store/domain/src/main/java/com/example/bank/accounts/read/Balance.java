package com.example.bank.accounts.read;

/**
 * What is in one account: a row.
 *
 * @param cents what is in it
 * @param position the position that this row reflects
 */
public record Balance(String accountId, String owner, long cents, long position) {}

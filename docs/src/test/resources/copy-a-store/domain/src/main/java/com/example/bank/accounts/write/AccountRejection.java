package com.example.bank.accounts.write;

import com.example.bank.core.command.Rejection;
import com.example.bank.core.command.Rule;

/** Every rule of an account that can reject a command. */
public sealed interface AccountRejection extends Rejection {

    /** An account is opened once. */
    @Rule(
            code = "account-opened-for-another",
            title = "The account has been opened for another owner",
            meaning = "There is an account with this id, with another owner.",
            remedy = "Open one under another id.")
    record OpenedForAnother(String accountId) implements AccountRejection {
        @Override
        public String message() {
            return "Account " + accountId + " has been opened already, for another owner. Open one under another id.";
        }
    }

    /** An account is never overdrawn. */
    @Rule(
            code = "account-not-enough",
            title = "An account is never overdrawn",
            meaning = "The account holds less than the amount.",
            remedy = "Withdraw less, or deposit first.")
    record NotEnough(String accountId, long cents, long asked) implements AccountRejection {
        @Override
        public String message() {
            return "Account " + accountId + " holds " + cents + " cents, so " + asked
                    + " cannot be withdrawn. Withdraw less, or deposit first.";
        }
    }
}

package com.example.bank.accounts.write;

import com.example.bank.core.bus.Rejection;

/** Every rule of an account that can stand in the way of a command. */
public sealed interface AccountRejection extends Rejection {

    /** An account is opened once. */
    record OpenedForAnother(String accountId) implements AccountRejection {
        @Override
        public String code() {
            return "account-opened-for-another";
        }

        @Override
        public String message() {
            return "Account " + accountId + " has been opened already, for another owner. Open one under another id.";
        }
    }

    /** Nobody takes out what is not there. */
    record NotEnough(String accountId, long cents, long asked) implements AccountRejection {
        @Override
        public String code() {
            return "account-not-enough";
        }

        @Override
        public String message() {
            return "Account " + accountId + " holds " + cents + " cents, so " + asked
                    + " cannot be withdrawn. Withdraw less, or deposit first.";
        }
    }
}

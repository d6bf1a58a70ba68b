package dev.diptych.core.contract.linearizability;

import java.util.Optional;

/**
 * A call with its result, as its caller recorded it.
 *
 * @param <C> the type of the calls
 * @param <R> the type of the results
 * @param client the number of the caller
 * @param call the call
 * @param result the result; empty if it is unknown: the call may take effect at any later time, or never
 * @param calledAt when the call began, in a count that all callers share
 * @param returnedAt when the call ended, in the same count; {@link Long#MAX_VALUE} if the result is unknown
 */
public record Operation<C, R>(int client, C call, Optional<R> result, long calledAt, long returnedAt) {

    /** An operation with a result. */
    public static <C, R> Operation<C, R> of(int client, C call, R result, long calledAt, long returnedAt) {
        return new Operation<>(client, call, Optional.of(result), calledAt, returnedAt);
    }

    /** An operation whose result is unknown. */
    public static <C, R> Operation<C, R> unknown(int client, C call, long calledAt) {
        return new Operation<>(client, call, Optional.empty(), calledAt, Long.MAX_VALUE);
    }

    /** This operation as it was known at a time at which it had begun. */
    Operation<C, R> asOf(long time) {
        return returnedAt <= time ? this : unknown(client, call, calledAt);
    }

    @Override
    public String toString() {
        String end = result.isPresent() ? String.valueOf(returnedAt) : "?";
        return "client " + client + " [" + calledAt + ", " + end + "] " + call + " -> "
                + result.map(Object::toString).orElse("unknown");
    }
}

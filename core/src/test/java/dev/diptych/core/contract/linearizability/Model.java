package dev.diptych.core.contract.linearizability;

import java.util.Optional;

/**
 * A sequential specification: what one caller at a time would see. Pure functions.
 *
 * @param <S> the type of the states: immutable values with {@code equals}
 * @param <C> the type of the calls
 * @param <R> the type of the results
 */
public interface Model<S, C, R> {

    /** The state before the first call. */
    S initial();

    /**
     * Returns the state after a call.
     *
     * @param result the result that was seen; empty if it is unknown, and then any result is possible
     * @return empty if the call cannot have this result in this state
     */
    Optional<S> step(S state, C call, Optional<R> result);

    /** Whether a call with this result left every state as it was. */
    boolean changesNothing(C call, R result);

    /**
     * The part of the state that a call is about. Records are checked part by part, which is sound if no call is about
     * two parts: linearizability is local (Herlihy and Wing, 1990).
     */
    default Object partOf(C call) {
        return "all";
    }
}

package dev.diptych.core.aggregate;

import dev.diptych.core.bus.Rejection;

/**
 * Carries a rejection from the depth of an aggregate to its repository, which turns it into a result. It has no stack
 * trace: a rejection is an answer, not a fault.
 */
public final class CommandRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    CommandRejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    /** Which rule, and why. */
    public Rejection rejection() {
        return rejection;
    }
}

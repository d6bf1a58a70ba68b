package dev.diptych.core.aggregate;

import dev.diptych.core.command.Rejection;

/**
 * Thrown by an aggregate that rejects a command; its repository turns it into a result. It has no stack trace, because
 * a rejection is an expected outcome.
 */
public final class CommandRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    CommandRejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    /** The rule and its reason. */
    public Rejection rejection() {
        return rejection;
    }
}

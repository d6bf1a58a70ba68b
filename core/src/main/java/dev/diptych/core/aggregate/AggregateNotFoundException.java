package dev.diptych.core.aggregate;

/**
 * Thrown by an aggregate that does not exist; its repository turns it into a result. It has no stack trace, because it
 * is an expected outcome.
 */
public final class AggregateNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AggregateNotFoundException() {
        super("The aggregate does not exist", null, false, false);
    }
}

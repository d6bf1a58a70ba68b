package dev.diptych.core.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the store cannot be reached or does not answer in time. The condition may be temporary, and the request
 * is not at fault. Any method of a store outside this process may throw it.
 */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean outcomeUnknown;

    /**
     * Creates an exception.
     *
     * @param message the operation that failed
     * @param outcomeUnknown whether the operation may have succeeded, because only its response was lost
     * @param cause the underlying failure; null when there is none
     */
    public StoreUnavailableException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Whether the append may have been stored. An append with a command id can be retried safely: it is stored once.
     * Without a command id, read the stream to find out.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}

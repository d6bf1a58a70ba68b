package dev.diptych.core.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be reached, or is too busy to answer in time; later it may be there again. Not a fault of what was
 * asked. Thrown by any method of a store that is not in this process.
 */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean outcomeUnknown;

    /**
     * Says what could not be done.
     *
     * @param outcomeUnknown whether what was asked may have been done all the same: the answer was lost, not the question
     */
    public StoreUnavailableException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Whether the append may have been stored all the same. Sent again with the same command id, it is stored once in
     * either case; without one, only a look at the stream can tell.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}

package dev.diptych.core.eventstore;

import org.jspecify.annotations.Nullable;

/** A stored event that this code cannot read: the code is older than the data, or the data is broken. */
public final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The event, in words, with what is wrong about it. */
    public UnreadableEventException(RecordedEvent event, String problem, @Nullable Throwable cause) {
        super(
                "Event " + event.type() + " (schema version " + event.schemaVersion() + ") at position "
                        + event.position() + ", version " + event.version() + " of stream " + event.stream() + ": "
                        + problem,
                cause);
    }
}

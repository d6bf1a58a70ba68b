package dev.diptych.core.eventstore;

import org.jspecify.annotations.Nullable;

/** Thrown when a stored event cannot be decoded: the code is older than the data, or the data is corrupt. */
public final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates an exception that names the event and the problem. */
    public UnreadableEventException(RecordedEvent event, String problem, @Nullable Throwable cause) {
        super(
                "Event " + event.type() + " (schema version " + event.schemaVersion() + ") at position "
                        + event.position() + ", version " + event.version() + " of stream " + event.stream() + ": "
                        + problem,
                cause);
    }
}

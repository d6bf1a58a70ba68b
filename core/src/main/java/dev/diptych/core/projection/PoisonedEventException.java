package dev.diptych.core.projection;

/** Thrown when a projection cannot apply an event. The projection stops before the event; an event is never skipped. */
public final class PoisonedEventException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long position;
    private final String event;

    /** Creates an exception for the event on which the projection failed. */
    public PoisonedEventException(PublishedEvent<?> published, Throwable cause) {
        this(published.position(), published.event().getClass().getSimpleName(), cause);
    }

    PoisonedEventException(long position, String event, Throwable cause) {
        super("Cannot apply " + event + " at position " + position + ": " + cause, cause);
        this.position = position;
        this.event = event;
    }

    /** The event's position. */
    public long position() {
        return position;
    }

    /** The name of the event's type. */
    public String event() {
        return event;
    }
}

package dev.diptych.core.projection;

/** A projection cannot apply an event. It stops there: an event is never skipped. */
public final class PoisonedEventException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long position;
    private final String event;

    /** The event on which the projection failed, and how. */
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

    /** What kind of event it is. */
    public String event() {
        return event;
    }
}

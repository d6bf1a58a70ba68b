package dev.diptych.core.eventstore;

/**
 * A place in the order of events. A position means nothing without its history: after a lossy fail-over, or after a
 * restore, the same position is given to another event.
 *
 * @param history the history in which the position counts, as {@link EventStore#history()} says it
 * @param position the position of a stored event, 0 before the first
 */
public record Place(String history, long position) {

    /** Whether everything up to {@code other} lies before this place or at it. */
    public boolean reaches(Place other) {
        return history.equals(other.history) && position >= other.position;
    }
}

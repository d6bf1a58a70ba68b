package dev.diptych.core.eventstore;

/**
 * A position in the order of all events, with its history. A position without its history is ambiguous: after a lossy
 * fail-over or a restore, the same position is assigned to another event.
 *
 * @param history the history to which the position belongs, as {@link EventStore#history()} returns it
 * @param position the position of a stored event; 0 before the first
 */
public record Place(String history, long position) {

    /** Whether {@code other} is of the same history and at or before this position. */
    public boolean reaches(Place other) {
        return history.equals(other.history) && position >= other.position;
    }
}

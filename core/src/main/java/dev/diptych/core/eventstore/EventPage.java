package dev.diptych.core.eventstore;

import java.util.List;

/**
 * A part of the order of all events.
 *
 * @param events in position order
 * @param through the position up to which the reader has now seen every event that there is or ever will be: the next
 *     read goes on after it. A full page ends at its last event; any other may lie beyond it, and may lie beyond where
 *     there are events at all
 */
public record EventPage(List<RecordedEvent> events, long through) {

    /** Keeps a copy that cannot be changed. */
    public EventPage {
        events = List.copyOf(events);
    }
}

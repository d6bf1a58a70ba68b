package dev.diptych.core.eventstore;

import java.util.List;

/**
 * Events that one read returned, all of one history.
 *
 * @param events in the order in which they were stored
 * @param history the history to which their positions and versions belong
 */
public record EventPage(List<RecordedEvent> events, String history) {

    /** Copies the events into an unmodifiable list. */
    public EventPage {
        events = List.copyOf(events);
    }
}

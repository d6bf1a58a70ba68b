package dev.diptych.core.eventstore;

import java.util.List;

/**
 * Events that were read together, and so in one history.
 *
 * @param events in their order
 * @param history the history in which they have their positions and versions
 */
public record EventPage(List<RecordedEvent> events, String history) {

    /** Keeps a copy that cannot be changed. */
    public EventPage {
        events = List.copyOf(events);
    }
}

package dev.diptych.api.lab;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.RecordedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last events that can be read, up to {@value #MAX}, and how far the store can be read. Not thread-safe. */
final class RecentEvents {

    private static final int MAX = 200;

    private final EventStore events;
    private final Deque<RecordedEvent> kept = new ArrayDeque<>();

    /** Every event after this position that can be read is kept. */
    private long base;

    private String history = "";
    private long head;

    RecentEvents(EventStore events) {
        this.events = events;
    }

    /** Reads the last events; looks further back while an open append hides them. */
    void restart() {
        head = events.head();
        long back = MAX;
        do {
            readFrom(Math.max(0, head - back));
            back *= 2;
        } while (kept.isEmpty() && base > 0);
    }

    private void readFrom(long after) {
        kept.clear();
        base = after;
        EventPage page;
        do {
            page = events.readAll(horizon(), EventStore.MAX_PAGE);
            history = page.history();
            page.events().forEach(this::keep);
        } while (page.events().size() == EventStore.MAX_PAGE);
    }

    private void keep(RecordedEvent event) {
        kept.addLast(event);
        if (kept.size() > MAX) {
            base = kept.removeFirst().position();
        }
    }

    /**
     * Reads the events after those that are kept.
     *
     * @return empty if all were read again, because the history is another or there are too many
     */
    Optional<List<RecordedEvent>> readOn() {
        head = events.head(); // before the events: those up to it that cannot be read are held back
        EventPage page = events.readAll(horizon(), MAX);
        if (!page.history().equals(history) || page.events().size() == MAX) {
            restart();
            return Optional.empty();
        }
        page.events().forEach(this::keep);
        return Optional.of(page.events());
    }

    /** Returns the kept events after a place; empty if others may have followed it. */
    Optional<List<RecordedEvent>> after(Place place) {
        long position = place.position();
        return place.history().equals(history) && base <= position && position <= horizon()
                ? Optional.of(kept.stream()
                        .filter(event -> event.position() > position)
                        .toList())
                : Optional.empty();
    }

    List<RecordedEvent> all() {
        return List.copyOf(kept);
    }

    String history() {
        return history;
    }

    /** The position of the last event that can be read. */
    long horizon() {
        return kept.isEmpty() ? base : kept.getLast().position();
    }

    /** The position of the last stored event. */
    long head() {
        return Math.max(head, horizon());
    }
}

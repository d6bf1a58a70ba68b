package dev.diptych.api.read;

import dev.diptych.api.http.EventStream;
import dev.diptych.api.read.LiveView.Interest;
import dev.diptych.core.eventstore.Place;
import org.jspecify.annotations.Nullable;

/**
 * A row as it has become, and how that is told: written down once, for however many clients. Safe for use by many threads.
 *
 * @param <R> the rows
 */
final class Change<R> {

    private final LiveView<R> view;
    private final R row;
    private final String history;
    private byte @Nullable [] shown;
    private byte @Nullable [] gone;

    Change(LiveView<R> view, R row, String history) {
        this.view = view;
        this.row = row;
        this.history = history;
    }

    R row() {
        return row;
    }

    String key() {
        return view.key().apply(row);
    }

    Place place() {
        return new Place(history, view.position().applyAsLong(row));
    }

    /** The event; of two threads that write it down at once, both write the same. */
    byte[] event(Interest interest) {
        byte[] known = interest == Interest.SHOWN ? shown : gone;
        if (known != null) {
            return known;
        }
        if (interest == Interest.SHOWN) {
            byte[] event = EventStream.event("row", place(), view.shown().apply(row));
            shown = event;
            return event;
        }
        byte[] event = EventStream.event("gone", place(), view.gone().apply(row));
        gone = event;
        return event;
    }
}

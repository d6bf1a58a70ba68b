package dev.diptych.api.live;

import dev.diptych.api.http.server.EventStream;
import dev.diptych.api.live.LiveView.Interest;
import dev.diptych.core.eventstore.Place;
import org.jspecify.annotations.Nullable;

/**
 * The new state of a changed row. Its events are serialized once for all clients. Thread-safe.
 *
 * @param <R> the type of the rows
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

    /** Returns the serialized event. Concurrent first calls may each serialize it, with the same result. */
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

package dev.diptych.api.live;

import dev.diptych.core.query.Answer;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * A view whose changes can be followed.
 *
 * @param <R> the type of the rows
 * @param projection the name of the projection that maintains the view
 * @param changes returns up to {@link #PAGE} rows that have changed after a position, in position order
 * @param key returns the key of a row
 * @param position returns the position that a row reflects
 * @param shown returns the JSON of a row
 * @param gone returns the JSON that reports that a row is no longer shown
 */
public record LiveView<R>(
        String projection,
        LongFunction<Answer<List<R>>> changes,
        Function<R, String> key,
        ToLongFunction<R> position,
        Function<R, Object> shown,
        Function<R, Object> gone) {

    /** The maximum number of rows in one read; after a full page there may be more. */
    public static final int PAGE = 200;

    /** The interest of a client in a row. */
    public enum Interest {
        /** The row matches the client's query. */
        SHOWN,
        /** The row does not match the query, but may have matched before. */
        GONE,
        /** The row has never matched the query. */
        NONE
    }
}

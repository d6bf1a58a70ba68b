package dev.diptych.api.read;

import dev.diptych.core.query.Answer;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * How the rows of a view are followed.
 *
 * @param <R> the rows
 * @param projection what makes them
 * @param changes up to {@link #PAGE} of the rows that have changed since a position, in the order of their positions
 * @param key what tells one row from another
 * @param position the position that a row reflects
 * @param shown a row as JSON
 * @param gone what is said as JSON of a row that is no longer shown
 */
record LiveView<R>(
        String projection,
        LongFunction<Answer<List<R>>> changes,
        Function<R, String> key,
        ToLongFunction<R> position,
        Function<R, Object> shown,
        Function<R, Object> gone) {

    /** How many rows are read at once: if there are that many, there may be more. */
    static final int PAGE = 200;

    /** What a row is to somebody who follows the view. */
    enum Interest {
        /** It is one of those that are asked for. */
        SHOWN,
        /** It is none of them, and may have been one. */
        GONE,
        /** It never was one of them. */
        NONE
    }
}

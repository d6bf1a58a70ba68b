package dev.diptych.core.query;

import dev.diptych.core.eventstore.Place;
import java.util.function.Function;

/**
 * The answer to a query, with the checkpoint of the projection behind it. Both come from one snapshot of one database.
 *
 * @param <A> the type of the value
 * @param value the result of the query
 * @param upTo the projection's checkpoint: the value reflects every event up to it, and none after it
 * @param generation the generation of the rows; a rebuild increases it
 */
public record Answer<A>(A value, Place upTo, int generation) {

    /** Returns an answer with the same checkpoint, and with the value that the mapper derives from this one. */
    public <B> Answer<B> map(Function<A, B> mapper) {
        return new Answer<>(mapper.apply(value), upTo, generation);
    }

    /** The edition of the rows. */
    public Edition edition() {
        return new Edition(upTo.history(), generation);
    }

    /** The place up to which a client that keeps the rows has them: of their edition, where a history stands. */
    public Place rowsUpTo() {
        return new Place(edition().toString(), upTo.position());
    }
}

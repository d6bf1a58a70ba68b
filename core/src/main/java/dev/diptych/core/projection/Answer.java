package dev.diptych.core.projection;

import dev.diptych.core.eventstore.Place;
import java.util.function.Function;

/**
 * What a read model answers, and how far its projection was: both by one look at one place, so that they belong
 * together.
 *
 * @param <A> the type of what was asked for
 * @param value what was asked for
 * @param upTo the checkpoint of the projection that makes the view: every event up to there is reflected, and none
 *     after it
 */
public record Answer<A>(A value, Place upTo) {

    /** The same about something that is worked out from the value. */
    public <B> Answer<B> map(Function<A, B> change) {
        return new Answer<>(change.apply(value), upTo);
    }
}

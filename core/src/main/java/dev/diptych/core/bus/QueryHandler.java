package dev.diptych.core.bus;

import dev.diptych.core.projection.Answer;

/**
 * Answers one type of query from a read model. Implementations are safe for use by many threads.
 *
 * @param <Q> the type of query
 * @param <A> the type of its answer
 */
@FunctionalInterface
public interface QueryHandler<Q extends Query<A>, A> {

    /** The answer, as fresh as the read model is. */
    Answer<A> answer(Q query);
}

package dev.diptych.core.query;

/**
 * Answers one type of query from a read model. Implementations are thread-safe.
 *
 * @param <Q> the type of query
 * @param <A> the type of its answer
 */
@FunctionalInterface
public interface QueryHandler<Q extends Query<A>, A> {

    /** Returns the answer, as fresh as the read model. */
    Answer<A> answer(Q query);
}

package dev.diptych.core.bus;

import dev.diptych.core.projection.Answer;

/** The one way in for queries. Implementations are safe for use by many threads. */
public interface QueryBus {

    /**
     * Hands the query to the handler of its type.
     *
     * @param <A> the type of the answer
     * @throws NoHandlerException when no handler is registered for the query's type
     */
    <A> Answer<A> ask(Query<A> query);
}

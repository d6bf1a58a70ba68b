package dev.diptych.core.query;

/** The entry point for queries. Implementations are thread-safe. */
public interface QueryBus {

    /**
     * Passes the query to the handler of its type.
     *
     * @param <A> the type of the answer
     * @throws IllegalStateException when no handler is registered for the query's type
     */
    <A> Answer<A> ask(Query<A> query);
}

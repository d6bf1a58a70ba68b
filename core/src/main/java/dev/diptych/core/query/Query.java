package dev.diptych.core.query;

/**
 * A request for data. It never changes state. A read model answers it, never an aggregate or a stream. Implementations
 * are immutable.
 *
 * @param <A> the type of its answer
 */
public interface Query<A> {

    /**
     * The name of the projection whose read model answers this query. Its checkpoint is the freshness of the answer.
     */
    String projection();
}

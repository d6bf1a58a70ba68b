package dev.diptych.core.bus;

/**
 * A request for data. It never changes state, and it is answered from a read model, never from an aggregate or a
 * stream. Implementations are immutable.
 *
 * @param <A> the type of its answer
 */
public interface Query<A> {

    /** The name of the projection whose read model answers it: how fresh an answer is, is how far that one is. */
    String projection();
}

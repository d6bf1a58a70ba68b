package dev.diptych.core.bus;

/**
 * A request for data. It never changes state, and it is answered from a read model, never from an aggregate or a
 * stream. Implementations are immutable.
 *
 * @param <A> the type of its answer
 */
public interface Query<A> {}

package dev.diptych.core.aggregate;

import dev.diptych.core.command.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The base class of write models. An aggregate is rebuilt from its events, decides on a command, and raises new events.
 * A subclass adds the behaviours, named in the words of the domain. Each behaviour checks its rules against
 * {@link #state()} and then raises events, rejects, or does nothing because its effect holds already. It rejects every
 * state that does not allow it, regardless of the caller.
 *
 * <p>Not thread-safe: an instance serves one command.
 *
 * @param <S> the state, an immutable record
 * @param <E> the sealed type of the events
 */
public abstract class Aggregate<S, E> {

    private final String id;
    private final Class<E> eventType;
    private final BiFunction<S, E, S> evolve;
    private final List<E> pending = new ArrayList<>();
    private S state;

    /**
     * Creates an aggregate without events.
     *
     * @param id its id, unique among aggregates of its kind
     * @param initial the state before the first event
     * @param evolve returns the state after an event; a pure function with an exhaustive switch over the sealed event
     *     type, so that the compiler reports a missing case
     */
    protected Aggregate(String id, Class<E> eventType, S initial, BiFunction<S, E, S> evolve) {
        this.id = id;
        this.eventType = eventType;
        this.evolve = evolve;
        this.state = initial;
    }

    /** The aggregate's id. */
    protected final String id() {
        return id;
    }

    /** The current state: the fold of all events, including those raised. */
    protected final S state() {
        return state;
    }

    /** Records a new event and applies it to the state. */
    protected final void raise(E event) {
        pending.add(event);
        state = evolve.apply(state, event);
    }

    /**
     * Rejects the command because a rule forbids it; does not return.
     *
     * @throws CommandRejectedException always; the repository turns it into a result
     */
    @SuppressWarnings("DoNotCallSuggester") // the call is meant to throw
    protected static void reject(Rejection rejection) {
        throw new CommandRejectedException(rejection);
    }

    /**
     * Rejects the command because this aggregate does not exist; does not return.
     *
     * @throws AggregateNotFoundException always; the repository turns it into a result
     */
    @SuppressWarnings("DoNotCallSuggester") // the call is meant to throw
    protected static void rejectAsNotFound() {
        throw new AggregateNotFoundException();
    }

    /**
     * Applies a stored event.
     *
     * @return the state after the event
     * @throws ClassCastException when the event is not of this aggregate's event type
     */
    public final S replay(Object event) {
        state = evolve.apply(state, eventType.cast(event));
        return state;
    }

    /** Begins with the state after earlier events. */
    final void restore(S earlier) {
        state = earlier;
    }

    final List<E> pending() {
        return List.copyOf(pending);
    }
}

package dev.diptych.core.aggregate;

import dev.diptych.core.bus.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The write model of one thing: it is rebuilt from its events, decides, and raises new ones. A subclass adds the
 * behaviours, named in the words of the domain; each checks its rules against {@link #state()} and then either raises
 * events, rejects, or does nothing because its effect holds already.
 *
 * <p>Not safe for use by several threads: an instance lives for one command.
 *
 * @param <S> the state, an immutable record
 * @param <E> the sealed type of the events
 */
public abstract class Aggregate<S, E> {

    private final Class<E> eventType;
    private final BiFunction<S, E, S> evolve;
    private final List<E> pending = new ArrayList<>();
    private S state;

    /**
     * An aggregate to which nothing has happened yet.
     *
     * @param initial the state before the first event
     * @param evolve the state after an event; a pure function of its arguments, with an exhaustive switch over the
     *     sealed event type, so that the compiler finds a forgotten event
     */
    protected Aggregate(Class<E> eventType, S initial, BiFunction<S, E, S> evolve) {
        this.eventType = eventType;
        this.evolve = evolve;
        this.state = initial;
    }

    /** What has happened so far, folded. */
    protected final S state() {
        return state;
    }

    /** Decides that something has happened. */
    protected final void raise(E event) {
        pending.add(event);
        state = evolve.apply(state, event);
    }

    /**
     * Decides that a rule forbids the command; does not return.
     *
     * @throws CommandRejectedException always; the repository turns it into a result
     */
    @SuppressWarnings("DoNotCallSuggester") // to throw is what it is called for
    protected static void reject(Rejection rejection) {
        throw new CommandRejectedException(rejection);
    }

    final void replay(Object event) {
        state = evolve.apply(state, eventType.cast(event));
    }

    final List<E> pending() {
        return List.copyOf(pending);
    }
}

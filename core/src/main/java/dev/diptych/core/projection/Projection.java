package dev.diptych.core.projection;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fold by key: which rows an event touches, and what each of them becomes. It knows published events and its own rows,
 * and nothing else: no aggregate, no store, no clock. So the same events always give the same rows, and a read model
 * can be thrown away and built again.
 *
 * <p>Implementations are immutable, and so safe for use by many threads.
 *
 * @param <E> the events that it follows; all others are passed over
 * @param <R> its rows: immutable values that carry the position, and where it makes sense the stream version, that they
 *     reflect
 */
public interface Projection<E, R> {

    /** A name that stays the same as long as the read model does: its checkpoint is kept under it. */
    String name();

    /**
     * The type of the events that it follows. Of several families that have no type of their own in common, it is
     * {@code Object}, and {@link #keysOf} then has no key for any other event.
     */
    Class<E> eventType();

    /** The keys of the rows that the event touches; none, when it is of no interest. */
    Set<String> keysOf(E event);

    /**
     * The row after the event.
     *
     * @param key one of {@link #keysOf}
     * @param row the row before, null when there is none
     * @param published the event, with its version and position
     * @return the row after, null when there is to be none
     */
    @Nullable
    R evolve(String key, @Nullable R row, PublishedEvent<E> published);
}

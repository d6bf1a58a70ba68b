package dev.diptych.core.projection;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fold by key: the rows that an event affects, and the new value of each. It depends on published events and its own
 * rows only: no aggregate, no store, no clock. The same events therefore always give the same rows, and a read model
 * can be dropped and rebuilt.
 *
 * <p>Implementations are immutable and thread-safe.
 *
 * @param <E> the type of the events that it handles; all others are ignored
 * @param <R> the type of its rows: immutable values that carry the position that they reflect, and the stream version
 *     when a row is made of one stream
 */
public interface Projection<E, R> {

    /**
     * The name of the read model, under which its checkpoint is stored. It must not change while the read model exists.
     */
    String name();

    /**
     * The version of the fold, at least 1. A change that gives other rows for the same events increases it. Rows of
     * another version are left as they are: a program of this version only builds a copy beside them, when told to.
     */
    default int version() {
        return 1;
    }

    /**
     * The type of the events that it handles. A projection over several event types without a common supertype returns
     * {@code Object}; its {@link #keysOf} then returns no keys for other events.
     */
    Class<E> eventType();

    /**
     * Whether streams of a category may have events that affect a row. The projection stops at an event of such a
     * stream that cannot be read, for example because its name is unknown to this version of the program, and passes
     * those of other streams. By default, it stops at every event that cannot be read.
     *
     * @param category the category of a stream, such as {@code order}
     */
    default boolean concerns(String category) {
        return true;
    }

    /** Returns the keys of the rows that the event affects; empty when it affects none. */
    Set<String> keysOf(E event);

    /**
     * Returns the row after the event.
     *
     * @param key one of {@link #keysOf}
     * @param row the row before the event; null when there is none
     * @param published the event, with its version and position
     * @return the row after the event; null to delete it
     */
    @Nullable
    R evolve(String key, @Nullable R row, PublishedEvent<E> published);
}

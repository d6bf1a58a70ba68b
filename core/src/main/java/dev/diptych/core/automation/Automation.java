package dev.diptych.core.automation;

import dev.diptych.core.command.Command;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When this happens, do that: a fold of events into a to-do list, and the command for each of its items. Another event,
 * usually the one that the command raises, ticks the item off. Implementations are immutable and thread-safe.
 *
 * @param <E> the type of the events that open items, change them or tick them off
 * @param <W> what there is to do: a record of a type that the event codec can write
 */
public interface Automation<E, W> {

    /** The maximum length of a key, in characters. */
    int MAX_KEY = 128;

    /** The name of the automation and of its list, which must not change; at most 60 characters. */
    String name();

    /** The version of the fold, see {@link dev.diptych.core.projection.Projection#version}. */
    default int version() {
        return 1;
    }

    /** The type of the events, see {@link dev.diptych.core.projection.Projection#eventType}. */
    Class<E> eventType();

    /** Whether streams of a category may have such events. */
    boolean concerns(String category);

    /** Returns the keys of the items that the event affects, each at most {@link #MAX_KEY} characters long. */
    Set<String> keysOf(E event);

    /**
     * Returns the task after the event. A task that differs from the one before makes another item of it, for which a
     * command is sent again.
     *
     * @param key one of {@link #keysOf}
     * @param open the task before the event; null when there is none
     * @return the task after the event; null when there is nothing to do
     */
    @Nullable
    Task<W> evolve(String key, @Nullable Task<W> open, E event);

    /**
     * Returns the command for a due item. The command may be sent more than once: the aggregate must do nothing, or
     * reject it, when its effect holds.
     *
     * @param now the time by the store's clock
     */
    Command command(Item<W> item, Instant now);

    /**
     * A task.
     *
     * @param <W> the type of what there is to do
     * @param aggregate the stream of the aggregate that the command is for; its items go one after another
     * @param dueAt the time from which it is to be done; from the event, so by the clock of the node that raised it
     * @param what what there is to do
     */
    record Task<W>(String aggregate, Instant dueAt, W what) {}
}

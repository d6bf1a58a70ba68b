package dev.diptych.core.automation;

import dev.diptych.core.automation.Automation.Task;
import java.util.Optional;

/**
 * An open item: a row of a to-do list.
 *
 * @param <W> the type of what there is to do
 * @param key its key, unique in the list
 * @param task what to do, when, and for which aggregate
 * @param opened the position of the event by which the item became what it is: the one that opened or changed it, or
 *     its last retry
 * @param metadata the metadata of the event that opened or changed it, as JSON text
 * @param parked why no command is sent for it; empty if it is not parked
 * @param position the position of the last event that it reflects
 */
public record Item<W>(String key, Task<W> task, long opened, String metadata, Optional<String> parked, long position) {

    Item<W> park(String reason, long at) {
        return new Item<>(key, task, opened, metadata, Optional.of(reason), at);
    }

    Item<W> retry(long at) {
        return new Item<>(key, task, at, metadata, Optional.empty(), at);
    }

    /** The id of its command: the same however often the item is taken, another after a retry. */
    String commandId(String automation) {
        return automation + "/" + key + "/" + opened;
    }
}

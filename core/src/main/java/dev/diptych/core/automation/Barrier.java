package dev.diptych.core.automation;

import dev.diptych.core.automation.TodoList.Open;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.Place;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a worker from sending what was sent before: its list must have passed the highest event that was committed when
 * the barrier was taken, which reflects all commands that other workers had sent by then. A new one is taken when the
 * rows are not those of the last read, or go back. Not thread-safe.
 */
final class Barrier {

    private final EventStore writer;
    private @Nullable Place needed;
    private @Nullable Open<?> last;

    /**
     * Creates a barrier that has not been taken.
     *
     * @param writer reads through the connections that append, because a list on a standby may be of another server
     */
    Barrier(EventStore writer) {
        this.writer = writer;
    }

    /** Called without the lease: the next holder takes another barrier. */
    void drop() {
        needed = null;
        last = null;
    }

    /** Whether the list has passed the barrier; called with the lease. */
    boolean isPassedBy(Open<?> seen) {
        if (needed == null || last == null || !seen.follows(last)) {
            needed = head();
        }
        last = seen;
        return needed != null && seen.upTo().reaches(needed);
    }

    /** Returns null if the history changes meanwhile. */
    private @Nullable Place head() {
        String history = writer.history();
        var head = new Place(history, writer.head());
        return writer.history().equals(history) ? head : null;
    }
}

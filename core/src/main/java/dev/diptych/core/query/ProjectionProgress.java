package dev.diptych.core.query;

import dev.diptych.core.projection.Generations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The progress of one projection, as seen on one server: the primary, or a standby that may lag behind it.
 *
 * @param checkpoint the position up to which every event has been applied; 0 before the first
 * @param head the position of the last event; empty on a standby, which may not have it yet
 * @param behind the age, by the store's clock, of the oldest event that has not been applied; zero when there is none;
 *     empty where events cannot be read
 * @param node the node that runs the projection; empty when no node does, or where leases cannot be read
 * @param copyNode the node that builds the copy of a rebuild; empty without a copy, when no node of its version runs,
 *     or where leases cannot be read
 * @param generations the generations of its rows; empty where they cannot be read
 */
public record ProjectionProgress(
        long checkpoint,
        OptionalLong head,
        Optional<Duration> behind,
        Optional<String> node,
        Optional<String> copyNode,
        Optional<Generations.Status> generations) {

    /** Returns progress as a reader sees it: without the age of events, the node and the generations. */
    public static ProjectionProgress ofReader(long checkpoint, OptionalLong head) {
        return new ProjectionProgress(
                checkpoint, head, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the number of positions from the checkpoint to the last event; negative when events have been lost. */
    public OptionalLong lag() {
        return head.isPresent() ? OptionalLong.of(head.getAsLong() - checkpoint) : OptionalLong.empty();
    }
}

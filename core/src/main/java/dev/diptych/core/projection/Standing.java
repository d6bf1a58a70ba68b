package dev.diptych.core.projection;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a projection stands, whichever node runs it.
 *
 * @param checkpoint the position up to which every event has been applied
 * @param head the position of the last event
 * @param behind how long ago, by the store's clock, the oldest event was recorded that has not been applied; zero when there
 *     is none
 * @param node who runs it; empty when nobody does at this moment
 */
public record Standing(long checkpoint, long head, Duration behind, Optional<String> node) {

    /** How many positions lie between the read model and the last event; less than 0 when events have been lost. */
    public long lag() {
        return head - checkpoint;
    }
}

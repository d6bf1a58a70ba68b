package dev.diptych.core.query;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A port that each store implements: the progress of the projections in the database that answers queries, which may be
 * a standby that lags behind the primary. Implementations are thread-safe. Every method throws
 * {@link dev.diptych.core.eventstore.StoreUnavailableException} when the store cannot be reached.
 */
public interface Checkpoints {

    /** The status of a history in the database that answers queries. */
    enum HistoryStatus {
        /** The current history. */
        PRESENT,
        /** An earlier history; its last events may be lost. */
        SUPERSEDED,
        /** Unknown to this standby, which may not have received it yet. */
        NOT_HERE_YET,
        /** Not a history of this store. */
        UNKNOWN
    }

    /**
     * How far a standby has replayed what its primary has written. It cannot know what it has not received.
     *
     * @param head the position of the last event that it has replayed; 0 if there is none
     * @param lag the age, by the standby's clock, of the newest renewal of a lease that it has replayed. While a
     *     projection runs, its lease is renewed about every second, also when there are no events. Empty when no
     *     renewal is expected: as far as the standby knows, no projection runs
     */
    record Replica(long head, Optional<Duration> lag) {}

    /** Returns the status of a history. */
    HistoryStatus statusOf(String history);

    /** Returns the progress of each projection by its name, read in one snapshot by one cheap statement. */
    Map<String, ProjectionProgress> progress();

    /** Returns the projections that are paused on all nodes; none in a store in which a pause is of one node. */
    default Set<String> paused() {
        return Set.of();
    }

    /** Returns how far the standby has replayed that answers queries; empty when the primary answers them. */
    default Optional<Replica> replica() {
        return Optional.empty();
    }
}

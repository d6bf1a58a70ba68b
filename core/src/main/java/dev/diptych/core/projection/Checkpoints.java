package dev.diptych.core.projection;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How far the read models are in the place that queries are answered from, which may be a copy that is behind the one
 * that is written: the port that each store implements for its readers. Implementations are safe for use by many
 * threads.
 */
public interface Checkpoints {

    /** What a history is in the place that queries are answered from. */
    enum HistoryStatus {
        /** The present one. */
        PRESENT,
        /** One that another has taken the place of: what was written in it may be lost. */
        SUPERSEDED,
        /** One that has not arrived at this copy, if it is one of the store's at all. */
        NOT_HERE_YET,
        /** None of this store's. */
        UNKNOWN
    }

    /** What a history is, by one look. */
    HistoryStatus statusOf(String history);

    /** How far each read model is now, by one look at all of them. */
    Progress look();

    /**
     * How far the read models were at one moment.
     *
     * @param positions the checkpoint of each projection by its name; one that has not begun is left out
     * @param head the position of the last event; empty in a copy, which may not have it yet
     */
    record Progress(Map<String, Long> positions, OptionalLong head) {

        /** Keeps a copy of the positions that cannot be changed. */
        public Progress {
            positions = Map.copyOf(positions);
        }

        /** The checkpoint of one projection: every row that is read after this look reflects it at least. */
        public long of(String projection) {
            return positions.getOrDefault(projection, 0L);
        }
    }
}

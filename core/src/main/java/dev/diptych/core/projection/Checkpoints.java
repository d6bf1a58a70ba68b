package dev.diptych.core.projection;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How far the read models are in the place that queries are answered from, which may be a copy that is behind the one
 * that is written: the port that each store implements for its readers. Implementations are safe for use by many
 * threads.
 */
public interface Checkpoints {

    /** Which store the read models belong to: the id of its event store. */
    String storeId();

    /** How far each read model is now, by one look at all of them. */
    Progress look();

    /**
     * How far the read models were at one moment.
     *
     * @param positions the checkpoint of each projection by its name; one that has not begun is left out
     * @param head the highest position that the event store had given out; empty where that cannot be seen
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

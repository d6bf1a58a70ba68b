package dev.diptych.core.automation;

import dev.diptych.core.eventstore.Place;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A port that each store implements: reads the rows of a {@link TodoProjection}. Thread-safe.
 *
 * @param <W> the type of what there is to do
 */
public interface TodoList<W> {

    /** The maximum of each of the {@link Counts}. */
    int MAX_COUNT = 10_000;

    /**
     * Returns the first items that are not parked, by due time and key, due or not.
     *
     * @param without the aggregates whose items are left out
     * @param limit the maximum number of items
     */
    Open<W> open(Set<String> without, int limit);

    /** Returns the parked items by key, after a key; empty for the first. */
    List<Item<W>> parked(String after, int limit);

    /** Counts the items. */
    Counts count();

    /**
     * Items, read together with what they are of, in one snapshot.
     *
     * @param <W> the type of what there is to do
     * @param upTo the list's checkpoint
     * @param generation the generation of the rows
     * @param version the version of the fold that the rows are of; 0 if no node has applied events to the list
     * @param now the time by the store's clock
     */
    record Open<W>(List<Item<W>> items, Place upTo, int generation, int version, Instant now) {

        /** Whether no node has applied events to the list yet. */
        boolean isNew() {
            return version == 0;
        }

        /** Whether this was read after {@code earlier} from the same rows. */
        boolean follows(Open<?> earlier) {
            return upTo.reaches(earlier.upTo) && generation == earlier.generation && version == earlier.version;
        }
    }

    /**
     * The number of items, each up to {@link #MAX_COUNT}.
     *
     * @param open not parked
     * @param parked parked
     */
    record Counts(int open, int parked) {}
}

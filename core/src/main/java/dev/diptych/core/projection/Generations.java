package dev.diptych.core.projection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A port that each store implements: the generations of one read model's rows. One serves queries. A rebuild builds
 * another beside it, the copy, which takes over when it has caught up. Rows of all other generations are unused.
 *
 * <p>Obligations of every implementation, each checked by the contract tests: all methods are thread-safe; a query,
 * with its checkpoint, sees the rows of exactly one generation; a generation's number is never used again.
 */
public interface Generations {

    /** The maximum number of {@link Comparison#examples}. */
    int EXAMPLES = 20;

    /** The version of the projection's fold in this program, see {@link Projection#version}. */
    int version();

    /** Returns which generation serves, and the copy, read together. */
    Status status();

    /**
     * Creates an empty copy of this program's version. A copy of this version that exists is kept; one of another
     * version is discarded.
     *
     * @param comparing whether the copy is compared, and does not take over until this method is called with false
     */
    void start(boolean comparing);

    /**
     * Makes the copy serve, in one transaction, if it has reached the checkpoint of the rows that serve, and is not
     * {@link Copy#comparing}.
     *
     * @param lost a checkpoint that the copy need not reach, because its event was lost
     * @return whether it serves now; false if it may not yet, or there is no copy of this generation
     */
    boolean takeOver(int generation, OptionalLong lost);

    /**
     * Compares the copy with the rows that serve, and keeps the result in the {@link #status}.
     *
     * @return false if they do not have the same checkpoint, or there is no copy of this generation
     */
    boolean compare(int generation);

    /** Discards the copy, if any. */
    void cancel();

    /**
     * Deletes some of the unused rows.
     *
     * @param limit the maximum number of rows
     * @return whether there may be more
     */
    boolean deleteUnused(int limit);

    /**
     * The generations of a read model.
     *
     * @param serving the generation that serves
     * @param version the version of the fold that its rows are of
     * @param copy the copy, during a rebuild
     */
    record Status(int serving, int version, Optional<Copy> copy) {}

    /**
     * The copy of a rebuild.
     *
     * @param generation its generation, higher than all before
     * @param version the version of the fold that its rows are of
     * @param position its checkpoint
     * @param age the time since the rebuild was started
     * @param comparing whether it does not take over until told to
     * @param comparison the result of the comparison, once there is one
     */
    record Copy(
            int generation,
            int version,
            long position,
            Duration age,
            boolean comparing,
            Optional<Comparison> comparison) {

        /** The average number of positions per second since the rebuild was started. */
        public double positionsPerSecond() {
            return position * 1e9 / Math.max(1, age.toNanos());
        }
    }

    /**
     * How the copy differs from the rows that serve, at one checkpoint of both.
     *
     * @param position that checkpoint
     * @param onlyServing the number of rows that the copy does not have
     * @param onlyCopy the number of rows that only the copy has
     * @param different the number of rows that differ
     * @param examples the first of these rows, in key order
     */
    record Comparison(long position, long onlyServing, long onlyCopy, long different, List<Example> examples) {}

    /**
     * A row that is not the same in both.
     *
     * @param key its key
     * @param serving the row that serves as text, in a form that depends on the store; empty if there is none
     * @param copy the copy's row as text; empty if there is none
     */
    record Example(String key, Optional<String> serving, Optional<String> copy) {}
}

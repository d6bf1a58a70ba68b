package dev.diptych.core.contract;

import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contract's own row: what is in a purse, and under the key {@link #TOTAL}, what is in all of them.
 *
 * @param key the purse, or {@link #TOTAL}
 * @param sum what is in it; a purse that has nothing in it has no row
 * @param coins how many events went into the sum since the row came into being
 * @param position the position of the last of them
 */
public record Tally(String key, long sum, long coins, long position) {

    /** The key of the row over all purses, which every event touches, and which never vanishes. */
    public static final String TOTAL = "total";

    /** The name of {@link Tallies}, unless a test has several. */
    public static final String PROJECTION = "tallies";

    /** Keeps the rows; each event touches two. Events of the purse {@code ignored} touch none. */
    public static class Tallies implements Projection<Coin, Tally> {

        private final String name;

        /** A projection with the usual name. */
        public Tallies() {
            this(PROJECTION);
        }

        /** A projection with a name of its own. */
        public Tallies(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Class<Coin> eventType() {
            return Coin.class;
        }

        @Override
        public Set<String> keysOf(Coin coin) {
            return coin.purse().equals("ignored") ? Set.of() : Set.of(coin.purse(), TOTAL);
        }

        @Override
        public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
            Tally before = row == null ? new Tally(key, 0, 0, 0) : row;
            long sum = before.sum() + published.event().amount();
            return sum == 0 && !key.equals(TOTAL)
                    ? null
                    : new Tally(key, sum, before.coins() + 1, published.position());
        }
    }
}

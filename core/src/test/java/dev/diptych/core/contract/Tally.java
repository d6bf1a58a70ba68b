package dev.diptych.core.contract;

import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contract tests' own row: the sum of a purse, and under the key {@link #TOTAL}, the sum of all purses.
 *
 * @param key the purse, or {@link #TOTAL}
 * @param sum the sum of the coins; a purse with the sum 0 has no row
 * @param coins the number of events in the sum since the row was created
 * @param position the position of the last of these events
 */
public record Tally(String key, long sum, long coins, long position) {

    /** The key of the row of all purses, which every event updates and which is never removed. */
    public static final String TOTAL = "total";

    /** The default name of {@link Tallies}. */
    public static final String PROJECTION = "tallies";

    /** The projection of these rows. Each event updates two rows; events of the purse {@code ignored} update none. */
    public static class Tallies implements Projection<Coin, Tally> {

        private final String name;

        /** Creates a projection with the default name. */
        public Tallies() {
            this(PROJECTION);
        }

        /** Creates a projection with another name. */
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

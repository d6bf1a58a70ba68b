package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Generations.Comparison;
import dev.diptych.core.projection.Generations.Copy;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract tests of {@link Generations}, which {@link ReadModelStoreContract} includes. */
abstract class GenerationsContract extends Contract {

    private static final OptionalLong NONE = OptionalLong.empty();

    /** Empties the store; called before each test. */
    protected abstract void newStore() throws Exception;

    /**
     * Returns a read model over the store's present data, which another read model of the same projection may have
     * written. A store that keeps its data in the read model itself returns, for the same name, the read model that it
     * created first, with its first projection.
     */
    protected abstract ReadModelStore readModel(Projection<Coin, Tally> projection);

    /** Returns all rows of a read model that serve, by their keys, from one consistent read. */
    protected abstract Map<String, Tally> rows(ReadModelStore readModel);

    /** The history of the events from which the read models of this test are built. */
    protected abstract String history();

    @BeforeEach
    void openStore() throws Exception {
        newStore();
    }

    @Test
    public void a_copy_is_built_beside_the_rows_that_serve() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 5)));
        int copy = EmptyCopy.start(model);
        assertThat(model.apply(batch(0, coin(1, "b", 2)), copy)).isTrue();
        assertThat(model.apply(batch(0, coin(1, "b", 2)), copy)).isFalse();
        assertThat(model.apply(new Batch(1, List.of(coin(2, "b", 1)), "another"), copy))
                .isFalse();
        assertThat(rows(model)).containsOnlyKeys("a", "total");
        assertThat(model.checkpoint()).isEqualTo(1);
        assertThat(copyOf(model).position()).isEqualTo(1);
    }

    @Test
    public void a_copy_takes_over_with_its_rows_and_checkpoint() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 5)));
        int copy = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "b", 2), coin(2, "b", 3)), copy);
        assertThat(model.generations().takeOver(copy, NONE)).isTrue();
        assertThat(rows(model)).containsOnlyKeys("b", "total");
        assertThat(model.checkpoint()).isEqualTo(2);
        assertThat(model.generations().status().serving()).isEqualTo(copy);
        assertThat(model.generations().status().copy()).isEmpty();
        assertThat(model.apply(batch(2, coin(3, "b", 1)))).isTrue();
        assertThat(rows(model).get("b")).isEqualTo(new Tally("b", 6, 3, 3));
    }

    @Test
    public void a_copy_that_is_behind_does_not_take_over() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 5), coin(2, "a", 5)));
        int copy = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "a", 5)), copy);
        assertThat(model.generations().takeOver(copy, NONE)).isFalse();
        assertThat(model.generations().takeOver(copy, OptionalLong.of(3))).isFalse();
        assertThat(model.checkpoint()).isEqualTo(2);
        assertThat(copyOf(model).position()).isEqualTo(1);
    }

    @Test
    public void a_copy_need_not_reach_a_lost_checkpoint() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(100, "a", 5)));
        int copy = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "b", 5)), copy);
        assertThat(model.generations().takeOver(copy, OptionalLong.of(100))).isTrue();
        assertThat(model.checkpoint()).isEqualTo(1);
        assertThat(rows(model)).containsOnlyKeys("b", "total");
    }

    @Test
    public void a_cancelled_copy_neither_advances_nor_takes_over() {
        ReadModelStore model = readModel(new Tallies());
        int copy = EmptyCopy.start(model);
        model.generations().cancel();
        assertThat(model.apply(batch(0, coin(1, "a", 5)), copy)).isFalse();
        assertThat(model.generations().takeOver(copy, NONE)).isFalse();
        assertThat(model.generations().compare(copy)).isFalse();
        assertThat(model.generations().status().copy()).isEmpty();
    }

    @Test
    public void a_rebuild_that_is_started_again_continues() {
        ReadModelStore model = readModel(new Tallies());
        int copy = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "a", 5)), copy);
        model.generations().start(true);
        assertThat(copyOf(model).generation()).isEqualTo(copy);
        assertThat(copyOf(model).position()).isEqualTo(1);
        assertThat(copyOf(model).comparing()).isTrue();
    }

    @Test
    public void a_generation_is_never_used_again() {
        ReadModelStore model = readModel(new Tallies());
        int cancelled = EmptyCopy.start(model);
        model.generations().cancel();
        int taken = EmptyCopy.start(model);
        model.generations().takeOver(taken, NONE);
        assertThat(List.of(cancelled, taken, EmptyCopy.start(model)))
                .isSorted()
                .doesNotHaveDuplicates()
                .doesNotContain(1);
    }

    @Test
    public void a_copy_that_is_compared_does_not_take_over_until_told_to() {
        ReadModelStore model = readModel(new Tallies());
        model.generations().start(true);
        int copy = copyOf(model).generation();
        assertThat(model.generations().takeOver(copy, NONE)).isFalse();
        model.generations().start(false);
        assertThat(model.generations().takeOver(copy, NONE)).isTrue();
    }

    @Test
    public void a_comparison_counts_and_shows_the_rows_that_differ() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "same", 5), coin(2, "other", 5), coin(3, "old", 1)));
        model.generations().start(true);
        int copy = copyOf(model).generation();
        model.apply(batch(0, coin(1, "same", 5), coin(2, "other", 4), coin(3, "new", 2)), copy);
        assertThat(model.generations().compare(copy)).isTrue();
        Comparison found = copyOf(model).comparison().orElseThrow();
        assertThat(List.of(found.position(), found.onlyServing(), found.onlyCopy(), found.different()))
                .as("the checkpoint, and the numbers of rows only in one, only in the copy, and different")
                .containsExactly(3L, 1L, 1L, 1L);
        assertThat(found.examples()).extracting(Generations.Example::key).containsExactly("new", "old", "other");
        assertThat(found.examples().getFirst().serving()).isEmpty();
        assertThat(found.examples().getFirst().copy().orElseThrow()).contains("new");
        assertThat(found.examples().getLast().serving())
                .isNotEqualTo(found.examples().getLast().copy());
        model.generations().start(true);
        assertThat(copyOf(model).comparison()).as("when it is asked for again").isEmpty();
    }

    @Test
    public void a_comparison_shows_the_first_20_rows() {
        ReadModelStore model = readModel(new Tallies());
        List<PublishedEvent<?>> coins = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            coins.add(coin(i, "purse-" + i, 1));
        }
        model.apply(new Batch(0, coins, history()));
        int copy = EmptyCopy.start(model);
        model.apply(batch(0, coin(39, "ignored", 1)), copy);
        assertThat(model.generations().compare(copy)).isTrue();
        Comparison found = copyOf(model).comparison().orElseThrow();
        assertThat(found.onlyServing()).isEqualTo(31);
        assertThat(found.examples())
                .extracting(Generations.Example::key)
                .hasSize(Generations.EXAMPLES)
                .contains("purse-29")
                .doesNotContain("purse-30");
    }

    @Test
    public void a_comparison_needs_one_checkpoint() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 5)));
        int copy = EmptyCopy.start(model);
        assertThat(model.generations().compare(copy)).isFalse();
        assertThat(copyOf(model).comparison()).isEmpty();
    }

    @Test
    public void only_unused_rows_are_deleted() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "old", 1)));
        int cancelled = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "cancelled", 1)), cancelled);
        model.generations().cancel();
        int taken = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "taken", 1)), taken);
        model.generations().takeOver(taken, NONE);
        int copy = EmptyCopy.start(model);
        model.apply(batch(0, coin(1, "copy", 1)), copy);
        int calls = 0;
        while (model.generations().deleteUnused(1)) {
            assertThat(++calls).as("calls that deleted a row").isLessThan(10);
        }
        assertThat(rows(model)).containsOnlyKeys("taken", "total");
        model.generations().takeOver(copy, NONE);
        assertThat(rows(model)).containsOnlyKeys("copy", "total");
    }

    /** The rows of each generation have another sum. */
    @Test
    public void a_reader_sees_one_generation_at_a_time() throws Exception {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 1), coin(2, "b", 1)));
        var rebuilding = new AtomicBoolean(true);
        Callable<Void> builder = () -> {
            for (int amount = 2; amount < 100; amount++) {
                int copy = EmptyCopy.start(model);
                model.apply(batch(0, coin(1, "a", amount)), copy);
                model.apply(batch(1, coin(2, "b", amount)), copy);
                assertThat(model.generations().takeOver(copy, NONE)).isTrue();
                model.generations().deleteUnused(1_000);
            }
            rebuilding.set(false);
            return null;
        };
        Callable<Void> reader = () -> {
            long last = 0;
            do {
                Map<String, Tally> seen = rows(model);
                assertThat(seen).as("the rows during rebuilds").containsOnlyKeys("a", "b", "total");
                assertThat(seen.get("a").sum())
                        .as("a sum of one generation")
                        .isEqualTo(seen.get("b").sum());
                assertThat(seen.get("a").sum())
                        .as("of this generation or a later one")
                        .isGreaterThanOrEqualTo(last);
                last = seen.get("a").sum();
            } while (rebuilding.get() && !Thread.currentThread().isInterrupted());
            return null;
        };
        together(List.of(builder), List.of(reader));
    }

    private static Copy copyOf(ReadModelStore model) {
        return model.generations().status().copy().orElseThrow();
    }

    static PublishedEvent<Coin> coin(long position, String purse, int amount) {
        return new PublishedEvent<>(new Coin(purse, amount), 1, position);
    }

    Batch batch(long after, PublishedEvent<?>... events) {
        return new Batch(after, List.of(events), history());
    }
}

package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of a {@link ReadModelStore}: rows and checkpoint always change together. A subclass provides read
 * models of {@link Tally} rows in a new, empty store.
 */
public abstract class ReadModelStoreContract extends GenerationsContract {

    @Test
    public void a_new_read_model_is_empty_with_checkpoint_0() {
        ReadModelStore model = readModel(new Tallies());
        assertThat(model.projection()).isEqualTo(Tally.PROJECTION);
        assertThat(model.checkpoint()).isZero();
        assertThat(rows(model)).isEmpty();
    }

    @Test
    public void a_batch_updates_rows_and_checkpoint() {
        ReadModelStore model = readModel(new Tallies());
        assertThat(model.apply(batch(0, coin(1, "a", 5), coin(2, "b", 7), coin(3, "a", 1))))
                .isTrue();
        assertThat(model.checkpoint()).isEqualTo(3);
        assertThat(rows(model))
                .isEqualTo(Map.of(
                        "a",
                        new Tally("a", 6, 2, 3),
                        "b",
                        new Tally("b", 7, 1, 2),
                        "total",
                        new Tally("total", 13, 3, 3)));
    }

    @Test
    public void a_batch_continues_from_the_rows_of_the_previous_batch() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 5)));
        model.apply(batch(1, coin(2, "a", 1), coin(3, "b", 1)));
        assertThat(rows(model).get("a")).isEqualTo(new Tally("a", 6, 2, 2));
        assertThat(rows(model).get("total")).isEqualTo(new Tally("total", 7, 3, 3));
    }

    @Test
    public void a_row_that_evolves_to_null_is_removed_and_can_be_created_again() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 5)));
        model.apply(batch(1, coin(2, "a", -5)));
        assertThat(rows(model)).containsOnlyKeys("total");
        model.apply(batch(2, coin(3, "a", 2), coin(4, "b", 1), coin(5, "b", -1)));
        assertThat(rows(model)).containsOnlyKeys("total", "a");
        assertThat(rows(model).get("a")).isEqualTo(new Tally("a", 2, 1, 3));
    }

    @Test
    public void a_row_that_an_event_does_not_change_is_kept() {
        ReadModelStore model = readModel(new Tallies() {
            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                return row == null ? super.evolve(key, null, published) : row;
            }
        });
        model.apply(batch(0, coin(1, "a", 5)));
        model.apply(batch(1, coin(2, "a", 7)));
        assertThat(rows(model)).containsOnlyKeys("a", "total");
        assertThat(rows(model).get("a")).isEqualTo(new Tally("a", 5, 1, 1));
    }

    @Test
    public void the_checkpoint_advances_past_ignored_events() {
        ReadModelStore model = readModel(new Tallies());
        assertThat(model.apply(batch(0, coin(1, "a", 1), coin(2, "ignored", 1))))
                .isTrue();
        assertThat(model.checkpoint()).isEqualTo(2);
        assertThat(model.apply(batch(2, new PublishedEvent<>("another type of event", 1, 3))))
                .isTrue();
        assertThat(model.checkpoint()).isEqualTo(3);
        assertThat(rows(model)).containsOnlyKeys("a", "total");
    }

    @Test
    public void a_batch_of_another_history_changes_nothing() {
        ReadModelStore model = readModel(new Tallies());
        assertThat(model.apply(new Batch(0, List.of(coin(1, "a", 1)), "another")))
                .isFalse();
        assertThat(model.checkpoint()).isZero();
        assertThat(rows(model)).isEmpty();
        assertThat(model.apply(batch(0, coin(1, "a", 1)))).isTrue();
    }

    @Test
    public void the_checkpoint_never_moves_back() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 1), coin(2, "a", 1)));
        assertThat(model.apply(batch(0, coin(1, "a", 1)))).isFalse();
        assertThat(model.apply(new Batch(1, List.of(), history()))).isFalse();
        assertThat(model.checkpoint()).isEqualTo(2);
        assertThat(rows(model).get("a").sum()).isEqualTo(2);
    }

    @Test
    public void a_batch_that_does_not_follow_the_checkpoint_changes_nothing() {
        ReadModelStore model = readModel(new Tallies());
        assertThat(model.apply(batch(7, coin(8, "a", 1)))).isFalse();
        assertThat(model.checkpoint()).isZero();
        assertThat(rows(model)).isEmpty();
    }

    @Test
    public void a_failed_batch_changes_neither_rows_nor_checkpoint() {
        var failing = new AtomicBoolean();
        ReadModelStore model = readModel(failingAt(2, failing));
        model.apply(batch(0, coin(1, "a", 1)));
        failing.set(true);

        assertThatThrownBy(() -> model.apply(batch(1, coin(2, "a", 1), coin(3, "poison", 2), coin(4, "c", 1))))
                .isInstanceOfSatisfying(PoisonedEventException.class, e -> {
                    assertThat(e.position()).isEqualTo(3);
                    assertThat(e.event()).isEqualTo("Coin");
                });
        assertThat(model.checkpoint()).isEqualTo(1);
        assertThat(rows(model)).isEqualTo(Map.of("a", new Tally("a", 1, 1, 1), "total", new Tally("total", 1, 1, 1)));

        failing.set(false);
        assertThat(model.apply(batch(1, coin(2, "a", 1), coin(3, "poison", 2)))).isTrue();
        assertThat(rows(model).get("total").sum()).isEqualTo(4);
    }

    @Test
    public void a_java_error_changes_neither_rows_nor_checkpoint() {
        var failing = new AtomicBoolean();
        ReadModelStore model = readModel(new Tallies() {
            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                if (failing.get()) {
                    throw new StackOverflowError("the stack is full");
                }
                return super.evolve(key, row, published);
            }
        });
        model.apply(batch(0, coin(1, "a", 1)));
        failing.set(true);
        assertThatThrownBy(() -> model.apply(batch(1, coin(2, "a", 1)))).isInstanceOf(StackOverflowError.class);
        assertThat(model.checkpoint()).isEqualTo(1);
        failing.set(false);
        assertThat(model.apply(batch(1, coin(2, "a", 1)))).isTrue();
        assertThat(rows(model).get("a").sum()).isEqualTo(2);
    }

    @Test
    public void a_batch_that_ends_before_its_commit_changes_neither_rows_nor_checkpoint() {
        ReadModelStore model = readModel(new Tallies());
        model.apply(batch(0, coin(1, "a", 1)));
        for (Batch batch : List.of(batch(1, coin(2, "a", 1), coin(3, "b", 2)), batch(1, coin(2, "ignored", 1)))) {
            assertThatThrownBy(() -> model.apply(batch.beforeCommit(() -> {
                        throw new IllegalStateException("the process has ended");
                    })))
                    .hasMessage("the process has ended");
            assertThat(model.checkpoint()).isEqualTo(1);
            assertThat(rows(model)).containsOnlyKeys("a", "total");
        }
        var calls = new AtomicInteger();
        assertThat(model.apply(batch(0, coin(1, "a", 1)).beforeCommit(calls::incrementAndGet)))
                .isFalse();
        assertThat(calls).as("calls for a batch that is not applied").hasValue(0);
        assertThat(model.apply(batch(1, coin(2, "a", 1)).beforeCommit(calls::incrementAndGet)))
                .isTrue();
        assertThat(calls).hasValue(1);
        assertThat(rows(model).get("a")).isEqualTo(new Tally("a", 2, 2, 2));
    }

    @Test
    public void a_restart_resumes_from_the_checkpoint() {
        readModel(new Tallies()).apply(batch(0, coin(1, "a", 1), coin(2, "b", 2)));
        ReadModelStore again = readModel(new Tallies());
        assertThat(again.checkpoint()).isEqualTo(2);
        assertThat(again.apply(batch(2, coin(3, "a", 4)))).isTrue();
        assertThat(rows(again).get("a")).isEqualTo(new Tally("a", 5, 2, 3));
    }

    @Test
    public void two_runners_never_apply_a_batch_twice() throws Exception {
        ReadModelStore one = readModel(new Tallies());
        ReadModelStore two = readModel(new Tallies());
        for (int i = 0; i < 30; i++) {
            Batch batch = batch(i, coin(i + 1, "a", 1));
            List<Boolean> applied = together(List.of(() -> one.apply(batch), () -> two.apply(batch)));
            assertThat(applied).as("results of both runners for batch %s", i).containsExactlyInAnyOrder(true, false);
        }
        assertThat(rows(one).get("a")).isEqualTo(new Tally("a", 30, 30, 30));
    }

    @Test
    public void read_models_do_not_affect_each_other() {
        ReadModelStore one = readModel(new Tallies("tallies"));
        ReadModelStore two = readModel(new Tallies("other-tallies"));
        one.apply(batch(0, coin(1, "a", 1)));
        two.apply(batch(0, coin(1, "a", 1), coin(2, "b", 1)));
        EmptyCopy.serve(one);
        assertThat(rows(one)).isEmpty();
        assertThat(rows(two)).containsOnlyKeys("a", "b", "total");
        assertThat(two.checkpoint()).isEqualTo(2);
    }

    @Test
    public void a_rebuilt_read_model_has_the_same_rows() {
        for (long seed = 1; seed <= 3; seed++) {
            ReadModelStore model = readModel(new Tallies());
            EmptyCopy.serve(model);
            List<PublishedEvent<?>> events = events(new Random(seed), 400);
            apply(model, events, new Random(seed + 100));
            Map<String, Tally> incremental = rows(model);
            assertThat(incremental).as("rows with the seed %s", seed).isEqualTo(fold(events));

            EmptyCopy.serve(model);
            assertThat(model.checkpoint()).isZero();
            assertThat(rows(model)).isEmpty();
            apply(model, events, new Random(seed + 200));
            assertThat(rows(model)).as("rebuilt rows, with the seed %s", seed).isEqualTo(incremental);
        }
    }

    @Test
    public void keys_keep_any_unicode() {
        ReadModelStore model = readModel(new Tallies());
        List<String> keys =
                List.of("'", "\"", "e\u0301", "\u00e9", "E", "e", "\\", "a b", "{x,y}", "NULL", "\ud83d\udd6f");
        List<PublishedEvent<?>> events = new ArrayList<>();
        keys.forEach(key -> events.add(coin(events.size() + 1, key, 1)));
        model.apply(new Batch(0, events, history()));
        model.apply(new Batch(
                keys.size(),
                keys.stream().<PublishedEvent<?>>map(key -> coin(50, key, 1)).toList(),
                history()));
        for (String key : keys) {
            assertThat(rows(model).get(key)).as("the row of %s", key).isEqualTo(new Tally(key, 2, 2, 50));
        }
    }

    @Test
    public void a_batch_of_5000_events_is_applied_whole() {
        ReadModelStore model = readModel(new Tallies());
        List<PublishedEvent<?>> events = IntStream.rangeClosed(1, 5_000)
                .<PublishedEvent<?>>mapToObj(i -> coin(i, "purse-" + i % 2_000, 1))
                .toList();
        assertThat(model.apply(new Batch(0, events, history()))).isTrue();
        assertThat(rows(model)).hasSize(2_001).isEqualTo(fold(events));
    }

    @Test
    public void a_reader_never_sees_part_of_a_batch() throws Exception {
        ReadModelStore model = readModel(new Tallies());
        var applying = new AtomicBoolean(true);
        Callable<Void> runner = () -> {
            for (int i = 0; i < 200; i++) {
                model.apply(batch(2L * i, coin(2L * i + 1, "a" + i % 9, 1), coin(2L * i + 2, "b" + i % 7, 1)));
            }
            applying.set(false);
            return null;
        };
        Callable<Void> reader = () -> {
            do {
                Map<String, Tally> seen = rows(model);
                long purses = seen.values().stream()
                        .filter(row -> !row.key().equals(Tally.TOTAL))
                        .mapToLong(Tally::sum)
                        .sum();
                long total =
                        seen.containsKey(Tally.TOTAL) ? seen.get(Tally.TOTAL).sum() : 0;
                assertThat(purses)
                        .as("the sum of the purses, compared with the total row")
                        .isEqualTo(total);
                assertThat(total % 2).as("coins of a partially visible batch").isZero();
            } while (applying.get() && !Thread.currentThread().isInterrupted());
            return null;
        };
        together(List.of(runner), List.of(reader));
    }

    @Test
    public void readers_are_not_blocked_while_a_batch_is_folded() throws Exception {
        var folding = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        ReadModelStore model = readModel(new Tallies() {
            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                if (published.event().purse().equals("slow")) {
                    folding.countDown();
                    awaitLatch(released);
                }
                return super.evolve(key, row, published);
            }
        });
        model.apply(batch(0, coin(1, "a", 1)));
        var readers = new AtomicInteger();
        Callable<Void> runner = () -> {
            model.apply(batch(1, coin(2, "slow", 1)));
            return null;
        };
        Callable<Void> reader = () -> {
            awaitLatch(folding);
            assertThat(rows(model)).containsOnlyKeys("a", "total");
            assertThat(model.checkpoint()).isEqualTo(1);
            readers.incrementAndGet();
            released.countDown();
            return null;
        };
        together(List.of(runner), List.of(reader));
        assertThat(readers.get()).isOne();
        assertThat(rows(model)).containsOnlyKeys("a", "slow", "total");
    }

    // Shared fixtures

    /** A projection that fails, while {@code failing}, on coins of the purse {@code poison} of at least an amount. */
    static Tallies failingAt(int amount, AtomicBoolean failing) {
        return new Tallies() {
            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                Coin coin = published.event();
                if (failing.get() && coin.purse().equals("poison") && coin.amount() >= amount) {
                    throw new IllegalStateException("this coin is bad");
                }
                return super.evolve(key, row, published);
            }
        };
    }

    static List<PublishedEvent<?>> events(Random random, int length) {
        List<PublishedEvent<?>> events = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < length; i++) {
            position += 1 + random.nextInt(3);
            events.add(coin(position, "purse-" + random.nextInt(20), random.nextInt(7) - 3));
        }
        return events;
    }

    void apply(ReadModelStore model, List<PublishedEvent<?>> events, Random cuts) {
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + cuts.nextInt(50));
            List<PublishedEvent<?>> part = events.subList(from, to);
            assertThat(model.apply(new Batch(model.checkpoint(), part, history())))
                    .isTrue();
            from = to;
        }
    }

    static Map<String, Tally> fold(List<PublishedEvent<?>> events) {
        var tallies = new Tallies();
        Map<String, Tally> rows = new HashMap<>();
        for (PublishedEvent<?> each : events) {
            var published = new PublishedEvent<>((Coin) each.event(), each.version(), each.position());
            for (String key : tallies.keysOf(published.event())) {
                rows.compute(key, (k, row) -> tallies.evolve(k, row, published));
            }
        }
        return rows.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Waits for half of the patience, which leaves time to report what was missing. */
    void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(patience().toMillis() / 2, TimeUnit.MILLISECONDS))
                    .as("the other thread releases the latch")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

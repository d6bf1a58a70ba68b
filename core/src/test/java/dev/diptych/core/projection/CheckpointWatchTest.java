package dev.diptych.core.projection;

import static dev.diptych.core.contract.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for a projection, over checkpoints that the test moves. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointWatchTest {

    private static final Duration LONG = Waiting.PATIENCE;

    private final AtomicLong position = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong lastLook = new AtomicLong(System.nanoTime());
    private final AtomicLong pause = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Checkpoints checkpoints = new Checkpoints() {
        @Override
        public HistoryStatus statusOf(String history) {
            return HistoryStatus.PRESENT;
        }

        @Override
        public Progress look() {
            looks.incrementAndGet();
            long now = System.nanoTime();
            pause.set(now - lastLook.getAndSet(now));
            if (away.get()) {
                throw new IllegalStateException("away");
            }
            return new Progress(Map.of("a", position.get(), "b", 1_000L), OptionalLong.empty());
        }
    };
    private final CheckpointWatch watch = new CheckpointWatch(checkpoints);

    @BeforeEach
    void start() {
        watch.start();
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private CompletableFuture<Long> waiting(String projection, long wanted) {
        CompletableFuture<Long> seen = begin(projection, wanted);
        until("it waits", () -> watch.waiting() > 0);
        return seen;
    }

    private CompletableFuture<Long> begin(String projection, long wanted) {
        var seen = new CompletableFuture<Long>();
        Thread.ofVirtual()
                .start(() -> seen.complete(watch.await(projection, wanted, LONG).of(projection)));
        return seen;
    }

    @Test
    void what_has_been_reached_is_not_waited_for() {
        position.set(7);
        assertThat(watch.await("a", 7, LONG).of("a")).isEqualTo(7);
    }

    @Test
    void who_waits_is_woken_when_its_projection_has_moved_far_enough() {
        CompletableFuture<Long> seen = waiting("a", 3);
        position.set(2);
        watch.moved();
        assertThat(watch.waiting()).isEqualTo(1);
        position.set(4);
        watch.moved();
        assertThat(seen.join()).isEqualTo(4);
        assertThat(watch.waiting()).isZero();
    }

    @Test
    void a_move_of_which_nobody_here_is_told_is_seen_too() {
        CompletableFuture<Long> seen = waiting("a", 3);
        position.set(3);
        assertThat(seen.join()).isEqualTo(3);
    }

    @Test
    void a_projection_that_has_not_begun_is_at_0() {
        assertThat(watch.look().of("c")).isZero();
        assertThat(watch.await("c", 1, Duration.ofMillis(20)).of("c")).isZero();
    }

    @Test
    void in_the_end_it_is_answered_how_far_the_projection_is() {
        position.set(2);
        assertThat(watch.await("a", 3, Duration.ofMillis(50)).of("a")).isEqualTo(2);
        assertThat(watch.await("a", 3, Duration.ZERO).of("a")).isEqualTo(2);
        assertThat(watch.waiting()).isZero();
    }

    @Test
    void while_nobody_waits_nobody_looks() {
        watch.await("a", 1, Duration.ofMillis(20));
        until("the watch rests", CheckpointWatchTest::rests);
        int before = looks.get();
        for (int i = 0; i < 100; i++) {
            watch.moved();
        }
        until("the watch rests", CheckpointWatchTest::rests);
        assertThat(looks).hasValue(before);
    }

    /** Its thread waits without an end, so it has done what it had to do. */
    private static boolean rests() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("checkpoint-watch"))
                .allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void one_look_is_for_all_who_wait_and_the_looks_become_fewer() {
        List<CompletableFuture<Long>> crowd = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            crowd.add(begin("a", 1));
        }
        until("all of them wait", () -> watch.waiting() == 500);
        until("a look comes long after the one before", () -> pause.get() > 90_000_000);
        int before = looks.get();
        position.set(1);
        watch.moved();
        assertThat(crowd).allMatch(each -> each.join() == 1);
        assertThat(looks.get() - before).as("looks for 500 who wait").isLessThan(100);
    }

    @Test
    void a_look_that_fails_is_followed_by_others() {
        CompletableFuture<Long> seen = waiting("a", 1);
        away.set(true);
        int before = looks.get();
        until("it looks again", () -> looks.get() > before + 2);
        away.set(false);
        position.set(1);
        assertThat(seen.join()).isEqualTo(1);
    }

    @Test
    void who_waits_is_let_go_when_the_watch_is_closed_and_nobody_waits_afterwards() {
        CompletableFuture<Long> seen = waiting("a", 1);
        watch.close();
        assertThat(seen.join()).isZero();
        assertThat(watch.await("a", 1, LONG).of("a")).isZero();
    }

    @Test
    void a_read_model_announces_each_batch_after_it_was_applied() {
        var moves = new ArrayList<Long>();
        var model = new AnnouncedReadModel(
                new ReadModelStore() {
                    @Override
                    public String projection() {
                        return "a";
                    }

                    @Override
                    public long checkpoint() {
                        return position.get();
                    }

                    @Override
                    public boolean apply(Batch batch) {
                        position.set(batch.through());
                        return true;
                    }

                    @Override
                    public void reset() {
                        position.set(0);
                    }
                },
                () -> moves.add(position.get()));
        assertThat(model.apply(new Batch(0, List.of(new PublishedEvent<>("moved", 1, 5)), "h")))
                .isTrue();
        assertThat(moves).containsExactly(5L);
        assertThat(model.checkpoint()).isEqualTo(5);
        model.reset();
        assertThat(model.checkpoint()).isZero();
        assertThat(model.projection()).isEqualTo("a");
    }
}

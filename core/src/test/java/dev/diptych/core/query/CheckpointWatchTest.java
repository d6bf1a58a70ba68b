package dev.diptych.core.query;

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

/** Waits for a projection whose checkpoint the test moves. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointWatchTest {

    private static final Duration TIMEOUT = Waiting.PATIENCE;

    private final AtomicLong position = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong lastRead = new AtomicLong(System.nanoTime());
    private final AtomicLong pause = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Checkpoints checkpoints = new Checkpoints() {
        @Override
        public HistoryStatus statusOf(String history) {
            return HistoryStatus.PRESENT;
        }

        @Override
        public Map<String, ProjectionProgress> progress() {
            reads.incrementAndGet();
            long now = System.nanoTime();
            pause.set(now - lastRead.getAndSet(now));
            if (away.get()) {
                throw new IllegalStateException("away");
            }
            return Map.of("a", at(position.get()), "b", at(1_000));
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

    private static ProjectionProgress at(long checkpoint) {
        return ProjectionProgress.ofReader(checkpoint, OptionalLong.empty());
    }

    private CompletableFuture<Boolean> waiting(String projection, long wanted) {
        CompletableFuture<Boolean> seen = begin(projection, wanted);
        until("the caller waits", () -> watch.waiting() > 0);
        return seen;
    }

    private CompletableFuture<Boolean> begin(String projection, long wanted) {
        var seen = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> seen.complete(watch.await(projection, wanted, TIMEOUT)));
        return seen;
    }

    @Test
    void a_wait_for_a_reached_position_returns_immediately() {
        position.set(7);
        assertThat(watch.await("a", 7, TIMEOUT)).isTrue();
    }

    @Test
    void a_waiter_is_woken_when_its_projection_reaches_the_position() {
        CompletableFuture<Boolean> seen = waiting("a", 3);
        position.set(2);
        watch.moved();
        assertThat(watch.waiting()).isEqualTo(1);
        position.set(4);
        watch.moved();
        assertThat(seen.join()).isTrue();
        assertThat(watch.waiting()).isZero();
    }

    @Test
    void progress_of_another_process_is_noticed() {
        CompletableFuture<Boolean> seen = waiting("a", 3);
        position.set(3);
        assertThat(seen.join()).isTrue();
    }

    @Test
    void a_wait_ends_at_its_timeout() {
        position.set(2);
        assertThat(watch.await("a", 3, Duration.ofMillis(50))).isFalse();
        assertThat(watch.await("a", 3, Duration.ZERO)).isFalse();
        assertThat(watch.waiting()).isZero();
    }

    @Test
    void a_waiter_for_a_move_is_woken_by_a_rebuild_and_not_counted() {
        position.set(7);
        var moved = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> moved.complete(watch.awaitMove("a", 7, TIMEOUT)));
        until("the watch has read the checkpoint", () -> reads.get() > 1);
        assertThat(watch.waiting()).isZero();
        position.set(0);
        assertThat(moved.join()).isTrue();
    }

    @Test
    void without_waiters_the_checkpoints_are_not_read() {
        watch.await("a", 1, Duration.ofMillis(20));
        int before = reads.get();
        for (int i = 0; i < 100; i++) {
            watch.moved();
        }
        waitForReadsOfAnotherWatch(10);
        assertThat(reads.get() - before)
                .as("reads after the last wait, of which one may have been in progress")
                .isLessThanOrEqualTo(1);
    }

    /** Waits until another watch with a waiter has read the checkpoints this number of times. */
    private static void waitForReadsOfAnotherWatch(int reads) {
        var count = new AtomicInteger();
        try (var other = new CheckpointWatch(new Counted(count))) {
            other.start();
            Thread.ofVirtual().start(() -> other.await("a", 1, TIMEOUT));
            until("another watch has read the checkpoints", () -> count.get() >= reads);
        }
    }

    /** Checkpoints that stay at 0. */
    private record Counted(AtomicInteger reads) implements Checkpoints {
        @Override
        public HistoryStatus statusOf(String history) {
            return HistoryStatus.PRESENT;
        }

        @Override
        public Map<String, ProjectionProgress> progress() {
            reads.incrementAndGet();
            return Map.of("a", at(0));
        }
    }

    @Test
    void one_read_serves_all_waiters_and_reads_become_fewer() {
        List<CompletableFuture<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            waiters.add(begin("a", 1));
        }
        until("all callers wait", () -> watch.waiting() == 500);
        until("the pause between two reads is long", () -> pause.get() > 90_000_000);
        int before = reads.get();
        position.set(1);
        watch.moved();
        assertThat(waiters).allMatch(CompletableFuture::join);
        assertThat(reads.get() - before).as("reads for 500 waiters").isLessThan(100);
    }

    @Test
    void a_failed_read_is_retried() {
        CompletableFuture<Boolean> seen = waiting("a", 1);
        away.set(true);
        int before = reads.get();
        until("the watch reads again", () -> reads.get() > before + 2);
        away.set(false);
        position.set(1);
        assertThat(seen.join()).isTrue();
    }

    @Test
    void closing_the_watch_ends_present_and_later_waits_immediately() {
        CompletableFuture<Boolean> seen = waiting("a", 1);
        watch.close();
        assertThat(seen.join()).isFalse();
        assertThat(watch.await("a", 1, TIMEOUT)).isFalse();
    }
}

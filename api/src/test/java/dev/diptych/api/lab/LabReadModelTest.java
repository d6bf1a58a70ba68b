package dev.diptych.api.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** How a read model is slowed down, batch by batch, and loses one. */
class LabReadModelTest {

    private static final Batch BATCH = batch(3, event(5), event(8));

    private static final int TIMES = 8;

    private final List<Batch> applied = new ArrayList<>();
    private final List<LabReadModel.Crash> crashes = new ArrayList<>();
    private final LabReadModel model = new LabReadModel(new Recording(), crashes::add);

    private final class Recording implements ReadModelStore {
        @Override
        public String projection() {
            return "recording";
        }

        @Override
        public long checkpoint() {
            return 3;
        }

        @Override
        public boolean apply(Batch batch) {
            if (batch.after() != checkpoint()) {
                return false;
            }
            batch.beforeCommit().run();
            return applied.add(batch);
        }

        @Override
        public boolean apply(Batch batch, int generation) {
            return applied.add(batch);
        }

        @Override
        public Generations generations() {
            throw new UnsupportedOperationException();
        }
    }

    private static Batch batch(long after, PublishedEvent<?>... events) {
        return new Batch(after, List.of(events), "history");
    }

    private static PublishedEvent<?> event(long position) {
        return new PublishedEvent<>("event", 1, position);
    }

    @Test
    void without_a_pause_a_batch_is_applied_unchanged() {
        assertThat(model.apply(BATCH)).isTrue();
        assertThat(applied).containsExactly(BATCH);
    }

    @Test
    void with_a_pause_a_batch_has_one_event() {
        assertThat(model.maxBatch()).isEqualTo(Integer.MAX_VALUE);
        model.slow(Duration.ofMillis(1));
        assertThat(model.maxBatch()).isEqualTo(1);
        assertThat(model.apply(BATCH)).isTrue();
        assertThat(applied).containsExactly(BATCH);
    }

    @Test
    void a_batch_without_events_has_no_pause() throws Throwable {
        model.slow(LabReadModel.MAX_PAUSE);
        var empty = batch(3);
        assertNoneLastsAsLongAsAPause(() -> assertThat(model.apply(empty)).isTrue());
        assertThat(applied).hasSize(TIMES).containsOnly(empty);
    }

    /** Pauses would add up to 40 seconds: more than the slowest machine needs without them. */
    private static void assertNoneLastsAsLongAsAPause(ThrowingRunnable action) throws Throwable {
        long begin = System.nanoTime();
        for (int time = 0; time < TIMES; time++) {
            action.run();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_pause_in_progress_ends_when_it_is_set_to_zero() throws Throwable {
        assertPausesEnd(runner -> model.slow(Duration.ZERO));
        assertThat(applied).hasSize(TIMES).containsOnly(BATCH);
    }

    @Test
    void a_pause_that_has_begun_ends_when_its_projection_is_stopped() throws Throwable {
        assertPausesEnd(Thread::interrupt);
    }

    private void assertPausesEnd(Consumer<Thread> by) throws Throwable {
        assertNoneLastsAsLongAsAPause(() -> {
            model.slow(LabReadModel.MAX_PAUSE);
            Thread runner = Thread.ofVirtual().start(() -> model.apply(BATCH));
            Waiting.until("it pauses", () -> runner.getState() == Thread.State.TIMED_WAITING);
            by.accept(runner);
            assertThat(runner.join(Waiting.PATIENCE)).isTrue();
        });
    }

    @Test
    void the_next_batch_is_lost_before_its_commit_and_no_other() {
        model.crash(true);
        assertThat(model.apply(batch(3)))
                .as("a batch without events is not lost")
                .isTrue();
        assertThat(model.apply(batch(1, event(2))))
                .as("nor one of another checkpoint")
                .isFalse();
        applied.clear();
        assertThatThrownBy(() -> model.apply(BATCH))
                .hasMessageContaining("stayed at 3")
                .hasMessageContaining("is 2");
        assertThat(applied).isEmpty();
        assertThat(crashes).containsExactly(new LabReadModel.Crash("recording", 3, 2));
        assertThat(model.apply(BATCH)).isTrue();
        assertThat(applied).containsExactly(BATCH);
        assertThat(crashes).hasSize(1);
    }

    @Test
    void a_crash_that_is_called_off_does_not_happen() {
        model.crash(true);
        model.crash(false);
        assertThat(model.apply(BATCH)).isTrue();
        assertThat(crashes).isEmpty();
    }

    @Test
    void a_pause_out_of_range_is_rejected() {
        assertThatThrownBy(() -> model.slow(Duration.ofMillis(5_001))).hasMessageContaining("PT5S");
        assertThatThrownBy(() -> model.slow(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.diptych.core.background;

import static dev.diptych.core.background.BackgroundThread.UNTIL_WOKEN;
import static dev.diptych.core.contract.Waiting.PATIENCE;
import static dev.diptych.core.contract.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.diptych.core.background.BackgroundThread.Step;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that the test blocks, to create each interleaving. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BackgroundThreadTest {

    private final BlockingQueue<Boolean> steps = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> endedByInterrupt = new CompletableFuture<>();
    private BackgroundThread thread;

    @AfterEach
    void close() {
        thread.close();
    }

    /** Creates a thread that reports the argument of each step and how the thread ends. */
    private BackgroundThread thread(Step step) {
        thread = new BackgroundThread(
                "tested",
                woken -> {
                    steps.add(woken);
                    return step.run(woken);
                },
                () -> endedByInterrupt.complete(Thread.currentThread().isInterrupted()));
        return thread;
    }

    private BackgroundThread started(Step step) {
        thread(step).start();
        return thread;
    }

    /** Waits until the next step begins and returns its argument. */
    private boolean nextStep() throws InterruptedException {
        Boolean woken = steps.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        assertThat(woken).as("a step").isNotNull();
        return woken;
    }

    @Test
    void a_step_receives_whether_the_thread_was_woken() throws Exception {
        started(woken -> woken ? Duration.ZERO : UNTIL_WOKEN);
        assertThat(nextStep()).as("the first step was woken").isFalse();
        thread.wake();
        assertThat(nextStep()).as("the second").isTrue();
        assertThat(nextStep()).as("the third, which did not wait").isFalse();
    }

    @Test
    void until_woken_waits_without_an_overflow() throws Exception {
        started(woken -> UNTIL_WOKEN);
        nextStep();
        for (int i = 0; i < 20; i++) {
            thread.wake();
            assertThat(nextStep()).as("a step after a wake-up").isTrue();
        }
        thread.close();
        assertThat(steps).as("steps without a wake-up").isEmpty();
    }

    @Test
    void a_wake_up_during_a_step_ends_the_pause_after_it() throws Exception {
        var release = new CountDownLatch(1);
        started(woken -> {
            release.await();
            return UNTIL_WOKEN;
        });
        nextStep();
        thread.wake();
        thread.wake();
        release.countDown();
        assertThat(nextStep()).isTrue();
        thread.wake();
        assertThat(nextStep())
                .as("the step after the third wake-up; the first two were merged")
                .isTrue();
    }

    @Test
    void a_pause_without_a_wake_up_ends_after_its_duration() throws Exception {
        started(woken -> Duration.ofMillis(1));
        nextStep();
        assertThat(nextStep()).isFalse();
        assertThat(nextStep()).isFalse();
    }

    @Test
    void close_ends_a_pause_without_an_interrupt_and_is_idempotent() throws Exception {
        started(woken -> UNTIL_WOKEN);
        nextStep();
        assertThat(thread.isRunning()).isTrue();
        thread.close();
        thread.close();
        assertThat(thread.isRunning()).isFalse();
        assertThat(thread.isClosed()).isTrue();
        assertThat(endedByInterrupt.join()).as("the thread was interrupted").isFalse();
        assertThat(steps).as("steps after close").isEmpty();
    }

    @Test
    void stop_returns_immediately_and_the_thread_ends_after_the_current_step() throws Exception {
        var release = new CountDownLatch(1);
        started(woken -> {
            release.await();
            return Duration.ZERO;
        });
        nextStep();
        thread.stop();
        assertThat(thread.isClosed()).isTrue();
        assertThat(thread.isRunning()).isTrue();
        release.countDown();
        assertThat(endedByInterrupt.join()).isFalse();
        assertThat(steps).as("steps after stop").isEmpty();
    }

    @Test
    void an_interrupted_close_interrupts_the_step_and_stays_interrupted() throws Exception {
        started(woken -> {
            new CountDownLatch(1).await();
            return UNTIL_WOKEN;
        });
        nextStep();
        Thread.currentThread().interrupt();
        thread.close();
        assertThat(Thread.interrupted()).as("the interrupt").isTrue();
        assertThat(endedByInterrupt.join()).as("the thread was interrupted").isTrue();
        until("the thread has ended", () -> !thread.isRunning());
    }

    @Test
    void a_thread_that_is_closed_before_its_start_runs_no_step() {
        thread(woken -> UNTIL_WOKEN);
        thread.close();
        assertThat(thread.isClosed()).isTrue();
        assertThat(thread.isRunning()).isFalse();
        thread.start();
        assertThat(endedByInterrupt.join()).isFalse();
        assertThat(steps).isEmpty();
    }

    @Test
    void a_thread_can_be_started_only_once() throws Exception {
        thread(woken -> UNTIL_WOKEN);
        assertThat(thread.isRunning()).isFalse();
        thread.ensureStarted();
        thread.ensureStarted();
        nextStep();
        assertThatExceptionOfType(IllegalThreadStateException.class).isThrownBy(thread::start);
        thread.close();
        thread.ensureStarted();
        assertThat(steps).as("steps of a second start").isEmpty();
    }

    @Test
    void the_end_action_runs_on_the_thread_after_the_last_step() throws Exception {
        var end = new CompletableFuture<String>();
        thread = new BackgroundThread(
                "tested",
                woken -> {
                    steps.add(woken);
                    return Duration.ZERO;
                },
                () -> end.complete(Thread.currentThread().getName()
                        + (Thread.currentThread().isDaemon() ? ", a daemon" : "")));
        thread.start();
        nextStep();
        assertThat(end).isNotDone();
        thread.close();
        assertThat(end.join()).isEqualTo("tested, a daemon");
    }

    @Test
    void a_failed_step_is_retried_after_doubling_pauses_that_ignore_wake_ups() throws Exception {
        Logger log = Logger.getLogger(BackgroundThread.class.getName());
        log.setLevel(Level.OFF); // expected failures
        var times = new LinkedBlockingQueue<Long>();
        try {
            started(woken -> {
                times.add(System.nanoTime());
                thread.wake();
                if (times.size() < 3) {
                    throw new IllegalStateException("planted");
                }
                return UNTIL_WOKEN;
            });
            nextStep();
            nextStep();
            nextStep();
            assertThat(nextStep())
                    .as("the wake-ups during the failures are not lost")
                    .isTrue();
            assertPause(times.remove(), times.peek(), 100);
            assertPause(times.remove(), times.peek(), 200);
        } finally {
            log.setLevel(null);
        }
    }

    /** Only the lower bound: a loaded machine may take longer. */
    private static void assertPause(long from, long to, long millis) {
        assertThat(Duration.ofNanos(to - from)).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
    }
}

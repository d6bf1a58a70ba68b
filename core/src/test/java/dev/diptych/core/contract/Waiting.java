package dev.diptych.core.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for conditions and for threads, never longer than a bound, which a system property can change. */
public final class Waiting {

    /** The longest wait for anything: {@code -Dcontract.patience=<seconds>}, 10 unless stated. */
    public static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("contract.patience", 10));

    private Waiting() {}

    /** Waits until the condition holds; fails with the sentence when it does not in time. */
    public static void until(String sentence, Callable<Boolean> condition) {
        await(sentence).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /**
     * Runs all of them at once, each on a thread of its own, and returns what they return, in their order. When one of
     * them fails or takes too long, the others are interrupted: a loop that waits for another thread must end then.
     */
    static <T> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size(), task -> {
            Thread thread = new Thread(task, "contract");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            List<T> results = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (Future<T> each : running) {
                results.add(each.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The threads of this test did not finish within " + PATIENCE, e);
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.diptych.core.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for conditions and for threads, never longer than a bound, which a system property can change. */
public final class Waiting {

    /** The longest wait for anything, unless a contract says otherwise: {@code -Dcontract.patience=<seconds>}, 20 unless stated. */
    public static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("contract.patience", 20));

    private Waiting() {}

    /** Waits until the condition holds; fails with the sentence when it does not in time. */
    public static void until(String sentence, Callable<Boolean> condition) {
        until(PATIENCE, sentence, condition);
    }

    /** The same with a patience of its own. */
    public static void until(Duration patience, String sentence, Callable<Boolean> condition) {
        await(sentence).atMost(patience).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /**
     * Runs all of them at once, each on a thread of its own, and returns what they return, in their order. When one of
     * them fails or takes too long, the others are interrupted: a loop that waits for another thread must end then.
     */
    static <T> List<T> together(Duration patience, List<? extends Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size(), task -> {
            Thread thread = new Thread(task, "contract");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var done = new ExecutorCompletionService<T>(threads);
            List<Future<T>> running = tasks.stream().map(done::submit).toList();
            long deadline = System.nanoTime() + patience.toNanos();
            for (int left = tasks.size(); left > 0; left--) {
                Future<T> next = done.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new AssertionError("The threads of this test did not finish within " + patience);
                }
                next.get(); // the first failure of all, while the others may still be waiting for that thread
            }
            return running.stream().map(Future::resultNow).toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.diptych.core.contract;

import static org.awaitility.Awaitility.await;

import dev.diptych.core.contract.Callers.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;

/**
 * The bounded waits of all tests. A test waits for a condition, and the bound is only there to end a test whose
 * condition never comes true: it is many times what the slowest machine needs, so that no verdict depends on speed.
 */
public final class Waiting {

    /** The bound of every wait: {@code -Dcontract.patience=<seconds>}, 60 by default. */
    public static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("contract.patience", 60));

    private Waiting() {}

    /** Waits until the condition holds; fails with the sentence when it does not in time. */
    public static void until(String sentence, Callable<Boolean> condition) {
        until(PATIENCE, sentence, condition);
    }

    /** The same with a patience of its own. */
    public static void until(Duration patience, String sentence, Callable<Boolean> condition) {
        await(sentence).atMost(patience).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /** Waits until a value meets the condition, and returns it; fails with the sentence when it does not in time. */
    public static <T> T until(String sentence, Callable<T> value, Predicate<? super T> condition) {
        return await(sentence)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(value, condition);
    }

    /** Waits until the assertion passes; fails with the sentence and the last failure when it does not in time. */
    public static void untilAsserted(String sentence, ThrowingRunnable assertion) {
        await(sentence).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).untilAsserted(assertion);
    }

    /**
     * Runs all of them at once, each on a thread of its own, and returns what they return, first the writers, in their
     * order. When one of them fails or takes too long, the others are interrupted: a loop that waits for another thread
     * must end then.
     */
    static <T> List<T> together(
            Duration patience, List<? extends Callable<T>> writers, List<? extends Callable<T>> readers)
            throws Exception {
        var callers = new Callers(writers.size(), readers.size());
        List<Callable<T>> tasks = Stream.concat(
                        writers.stream().map(task -> as(Role.WRITER, callers, task)),
                        readers.stream().map(task -> as(Role.READER, callers, task)))
                .toList();
        return together(patience, tasks);
    }

    private static <T> Callable<T> as(Role role, Callers callers, Callable<T> task) {
        return () -> {
            callers.join(role);
            try {
                return task.call();
            } finally {
                callers.leave();
            }
        };
    }

    private static <T> List<T> together(Duration patience, List<Callable<T>> tasks) throws Exception {
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

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
 * The bounded waits of all tests. A test waits for a condition; the bound only ends a test whose condition never
 * becomes true. It is many times what the slowest machine needs, so that no result depends on speed.
 */
public final class Waiting {

    /** The bound of every wait: {@code -Dcontract.patience=<seconds>}, 60 by default. */
    public static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("contract.patience", 60));

    private Waiting() {}

    /** Waits until the condition is true; fails with the description if it is not true in time. */
    public static void until(String description, Callable<Boolean> condition) {
        until(PATIENCE, description, condition);
    }

    /** Waits as {@link #until(String, Callable)}, with another bound. */
    public static void until(Duration patience, String description, Callable<Boolean> condition) {
        await(description).atMost(patience).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /** Waits until a value meets the condition and returns it; fails with the description if none does in time. */
    public static <T> T until(String description, Callable<T> value, Predicate<? super T> condition) {
        return await(description)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(value, condition);
    }

    /** Waits until the assertion passes; fails with the description and the last failure if it does not in time. */
    public static void untilAsserted(String description, ThrowingRunnable assertion) {
        await(description).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).untilAsserted(assertion);
    }

    /**
     * Runs all tasks concurrently, each on its own thread, and returns their results in order, writers first. When one
     * of them fails or takes too long, the others are interrupted; a loop that waits for another thread must then end.
     */
    public static <T> List<T> together(
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
            long deadline = System.nanoTime() + 4 * patience.toNanos(); // the waits of a thread end and report first
            for (int left = tasks.size(); left > 0; left--) {
                Future<T> next = done.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new AssertionError(
                            "The threads of this test did not finish within " + patience.multipliedBy(4));
                }
                next.get(); // throws the first failure, while the others may still wait for that thread
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

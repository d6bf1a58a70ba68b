package dev.diptych.api.operations;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A query to a store that may answer late or never. While a query is in progress, it is not sent again: callers share
 * its answer and wait for the rest of its timeout. A store that does not answer therefore blocks only one thread.
 * Thread-safe.
 *
 * @param <T> the type of the answer
 */
final class Probe<T> {

    private static final System.Logger LOG = System.getLogger(Probe.class.getName());

    private final Supplier<T> question;
    private final Duration timeout;
    private Open<T> open;

    /**
     * Creates a probe that has not sent its query.
     *
     * @param question runs the query
     * @param timeout the maximum wait for the answer, from the start of the query
     */
    Probe(Supplier<T> question, Duration timeout) {
        this.question = question;
        this.timeout = timeout;
        this.open = new Open<>(CompletableFuture.failedFuture(new IllegalStateException("no query was sent")), 0);
    }

    private record Open<T>(CompletableFuture<T> answer, long since) {}

    /** There is no answer; the message states the reason. */
    static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1;

        NoAnswerException(String why) {
            super(why, null, false, false);
        }
    }

    /** Starts the query, unless it is in progress; does not wait. */
    synchronized void begin() {
        if (open.answer().isDone()) {
            var answer = new CompletableFuture<T>();
            open = new Open<>(answer, System.nanoTime());
            Thread.ofVirtual().name("store-probe").start(() -> ask(answer));
        }
    }

    private void ask(CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (Throwable e) { // otherwise callers would wait until the timeout
            answer.completeExceptionally(e);
        }
    }

    /** Returns the reason, without details of the store. */
    private static String why(@Nullable Throwable e) {
        if (e instanceof StoreUnavailableException away) {
            return away.getMessage() + ".";
        }
        LOG.log(System.Logger.Level.WARNING, "A query of the store's status failed", e);
        return "Its status query failed; the error has been logged.";
    }

    private synchronized Open<T> open() {
        return open;
    }

    /**
     * Waits for the answer to the last query.
     *
     * @throws NoAnswerException when the query has failed, or the timeout has expired
     */
    T await() throws NoAnswerException {
        Open<T> asked = open();
        long left = timeout.toNanos() - (System.nanoTime() - asked.since());
        try {
            return asked.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException("It has not answered within " + timeout.toMillis() + " ms.");
        } catch (ExecutionException e) {
            throw new NoAnswerException(why(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("The request was interrupted.");
        }
    }
}

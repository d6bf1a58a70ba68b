package dev.diptych.api.ops;

import dev.diptych.core.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that may be answered late or never, and that is waited for only so long. While it is open it is not put again: who
 * asks meanwhile waits for the same answer, for what is left of the time. So whoever does not answer holds up one thread, however
 * often it is asked. Safe for use by many threads.
 *
 * @param <T> the answer
 */
final class Look<T> {

    private static final System.Logger LOG = System.getLogger(Look.class.getName());

    private final Supplier<T> question;
    private final Duration patience;
    private Open<T> open;

    /**
     * A question that has not been put.
     *
     * @param patience how long to wait for the answer, from the moment when it is put
     */
    Look(Supplier<T> question, Duration patience) {
        this.question = question;
        this.patience = patience;
        this.open = new Open<>(CompletableFuture.failedFuture(new IllegalStateException("not asked yet")), 0);
    }

    private record Open<T>(CompletableFuture<T> answer, long since) {}

    /** Why there is no answer; for people. */
    static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1;

        NoAnswerException(String why) {
            super(why, null, false, false);
        }
    }

    /** Puts the question, unless it is open; waits for nothing. */
    synchronized void begin() {
        if (open.answer().isDone()) {
            var answer = new CompletableFuture<T>();
            open = new Open<>(answer, System.nanoTime());
            Thread.ofVirtual().name("look").start(() -> ask(answer));
        }
    }

    private void ask(CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (Throwable e) { // whatever it is, nobody is to wait for it in vain
            answer.completeExceptionally(e);
        }
    }

    /** In words that everybody may read. */
    private static String why(@Nullable Throwable e) {
        if (e instanceof StoreUnavailableException away) {
            return away.getMessage() + ".";
        }
        LOG.log(System.Logger.Level.WARNING, "The store cannot be asked", e);
        return "It cannot be asked, and the log says why.";
    }

    private synchronized Open<T> open() {
        return open;
    }

    /**
     * The answer, once the question was put.
     *
     * @throws NoAnswerException when there is none, or none in time
     */
    T await() throws NoAnswerException {
        Open<T> asked = open();
        long left = patience.toNanos() - (System.nanoTime() - asked.since());
        try {
            return asked.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException("It has not answered for " + patience.toMillis() + " ms.");
        } catch (ExecutionException e) {
            throw new NoAnswerException(why(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("Nobody waits for it any more.");
        }
    }
}

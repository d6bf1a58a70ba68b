package dev.diptych.core.command;

import dev.diptych.core.eventstore.AppendResult;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Retries commands that end in a version conflict. A command with an expected version is retried only while the
 * aggregate is at that version; otherwise the conflict is the result. The pause before a retry is random, below a bound
 * that doubles from 2 to 100 ms (exponential backoff with "full jitter"), so that concurrent retries spread out.
 *
 * <p>Thread-safe. An interrupt ends the retries, and the last conflict is the result.
 */
public final class RetryingCommandBus implements CommandBus {

    private static final Duration FIRST_BOUND = Duration.ofMillis(2);
    private static final Duration MAX_BOUND = Duration.ofMillis(100);

    private final CommandBus delegate;
    private final int attempts;
    private final Observer observer;

    /** Is told of conflicts. Implementations are thread-safe, and return immediately. */
    @FunctionalInterface
    public interface Observer {
        /**
         * An attempt has ended in a conflict; called on the thread that dispatched the command.
         *
         * @param retried whether another attempt follows
         */
        void conflict(Command command, boolean retried);
    }

    /**
     * Wraps a bus.
     *
     * @param attempts the maximum number of attempts, including the first; at least 1
     */
    public RetryingCommandBus(CommandBus delegate, int attempts, Observer observer) {
        if (attempts < 1) {
            throw new IllegalArgumentException("The number of attempts must be at least 1, but is " + attempts);
        }
        this.delegate = delegate;
        this.attempts = attempts;
        this.observer = observer;
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        long bound = FIRST_BOUND.toNanos();
        for (int attempt = 1; ; attempt++) {
            CommandResult result = delegate.dispatch(command, context);
            if (!(result instanceof CommandResult.Conflict lost)) {
                return result;
            }
            boolean retry = attempt < attempts && meetsExpectation(lost.conflict(), context) && pause(bound);
            observer.conflict(command, retry);
            if (!retry) {
                return result;
            }
            bound = Math.min(2 * bound, MAX_BOUND.toNanos());
        }
    }

    private static boolean meetsExpectation(AppendResult.Conflict lost, CommandContext context) {
        return context.expected().accepts(lost.actual(), lost.history());
    }

    /** Returns false if the thread is interrupted. */
    private static boolean pause(long maxNanos) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(maxNanos));
        return !Thread.currentThread().isInterrupted();
    }
}

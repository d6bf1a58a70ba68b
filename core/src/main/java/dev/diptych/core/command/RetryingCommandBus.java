package dev.diptych.core.command;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

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
    private final Consumer<Command> onRetry;

    /**
     * Wraps a bus.
     *
     * @param attempts the maximum number of attempts, including the first; at least 1
     */
    public RetryingCommandBus(CommandBus delegate, int attempts) {
        this(delegate, attempts, command -> {});
    }

    /**
     * Wraps a bus, with a listener for retries.
     *
     * @param attempts the maximum number of attempts, including the first; at least 1
     * @param onRetry called before each retry on the caller's thread; must return immediately
     */
    public RetryingCommandBus(CommandBus delegate, int attempts, Consumer<Command> onRetry) {
        if (attempts < 1) {
            throw new IllegalArgumentException("The number of attempts must be at least 1, but is " + attempts);
        }
        this.delegate = delegate;
        this.attempts = attempts;
        this.onRetry = onRetry;
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        CommandResult result = delegate.dispatch(command, context);
        long bound = FIRST_BOUND.toNanos();
        for (int attempt = 1; attempt < attempts && mayRetry(result, context); attempt++) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
            if (Thread.currentThread().isInterrupted()) {
                return result;
            }
            bound = Math.min(2 * bound, MAX_BOUND.toNanos());
            onRetry.accept(command);
            result = delegate.dispatch(command, context);
        }
        return result;
    }

    private static boolean mayRetry(CommandResult result, CommandContext context) {
        return result instanceof CommandResult.Conflict lost
                && context.expected()
                        .accepts(lost.conflict().actual(), lost.conflict().history())
                && !Thread.currentThread().isInterrupted();
    }
}

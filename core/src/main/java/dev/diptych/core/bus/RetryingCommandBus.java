package dev.diptych.core.bus;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Dispatches again when a command lost a race, so that senders who do not care about versions need not care about
 * races. A sender who stated a version does care: once the aggregate is at another one, it gets its conflict. Between two tries it waits for a random
 * time of up to twice the last one ("full jitter"), so that losers of one race do not meet again in the next.
 *
 * <p>Safe for use by many threads. An interrupt ends the waiting, and the last conflict is the result.
 */
public final class RetryingCommandBus implements CommandBus {

    private static final Duration FIRST_WAIT = Duration.ofMillis(2);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private final CommandBus delegate;
    private final int attempts;
    private final Consumer<Command> retried;

    /**
     * Wraps a bus.
     *
     * @param attempts how often a command is dispatched in all, at least 1
     */
    public RetryingCommandBus(CommandBus delegate, int attempts) {
        this(delegate, attempts, command -> {});
    }

    /**
     * Wraps a bus, and tells of each further attempt.
     *
     * @param attempts how often a command is dispatched in all, at least 1
     * @param retried called before each attempt but the first, on the thread of the sender; must return at once
     */
    public RetryingCommandBus(CommandBus delegate, int attempts, Consumer<Command> retried) {
        if (attempts < 1) {
            throw new IllegalArgumentException("A command takes at least 1 attempt, but was given " + attempts);
        }
        this.delegate = delegate;
        this.attempts = attempts;
        this.retried = retried;
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        CommandResult result = delegate.dispatch(command, context);
        long bound = FIRST_WAIT.toNanos();
        for (int attempt = 1; attempt < attempts && mayRetry(result, context); attempt++) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
            if (Thread.currentThread().isInterrupted()) {
                return result;
            }
            bound = Math.min(2 * bound, LONGEST_WAIT.toNanos());
            retried.accept(command);
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

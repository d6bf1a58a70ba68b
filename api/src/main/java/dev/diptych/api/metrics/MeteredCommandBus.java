package dev.diptych.api.metrics;

import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.time.Duration;

/** Times every command, and says how it ended. Safe for use by many threads. */
public final class MeteredCommandBus implements CommandBus {

    private final CommandBus delegate;
    private final Metrics metrics;

    /** Wraps a bus. */
    public MeteredCommandBus(CommandBus delegate, Metrics metrics) {
        this.delegate = delegate;
        this.metrics = metrics;
    }

    /** Around a single try: counts the races that are lost. */
    public static CommandBus countingConflicts(CommandBus delegate, Metrics metrics) {
        return (command, context) -> {
            CommandResult result = delegate.dispatch(command, context);
            if (result instanceof CommandResult.Conflict) {
                metrics.count(Metric.COMMAND_CONFLICTS, command.name());
            }
            return result;
        };
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        long began = System.nanoTime();
        String outcome = "failed";
        try {
            CommandResult result = delegate.dispatch(command, context);
            outcome = result.outcome();
            return result;
        } catch (StoreUnavailableException e) {
            outcome = "unavailable";
            throw e;
        } finally {
            metrics.expect(Metric.COMMAND_CONFLICTS, command.name());
            metrics.expect(Metric.COMMAND_RETRIES, command.name());
            metrics.time(Metric.COMMAND_DURATION, Duration.ofNanos(System.nanoTime() - began), command.name(), outcome);
        }
    }
}

package dev.diptych.core.command;

import java.lang.System.Logger.Level;

/**
 * Logs one line for each command to the logger {@code dev.diptych.commands}: the command's name and ids, its outcome
 * and its duration. Neither the command's content nor messages, which may quote it, are logged.
 *
 * <p>Thread-safe.
 */
public final class LoggingCommandBus implements CommandBus {

    private static final System.Logger LOG = System.getLogger("dev.diptych.commands");

    private final CommandBus delegate;

    /** Wraps a bus. */
    public LoggingCommandBus(CommandBus delegate) {
        this.delegate = delegate;
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        long began = System.nanoTime();
        String outcome = "failed";
        try {
            CommandResult result = delegate.dispatch(command, context);
            outcome = result.outcome() + details(result);
            return result;
        } finally {
            if (LOG.isLoggable(Level.INFO)) {
                LOG.log(Level.INFO, line(command, context, outcome, System.nanoTime() - began));
            }
        }
    }

    private static String line(Command command, CommandContext context, String outcome, long nanos) {
        return "command=" + command.name()
                + " id=" + context.metadata().getOrDefault(TracedCommandBus.CAUSATION_ID, "-")
                + " correlation=" + context.metadata().getOrDefault(TracedCommandBus.CORRELATION_ID, "-")
                + " outcome=" + outcome
                + " millis=" + Math.round(nanos / 1_000.0) / 1_000.0;
    }

    private static String details(CommandResult result) {
        return switch (result) {
            case CommandResult.Accepted accepted ->
                " stream=" + accepted.receipt().stream() + " version="
                        + accepted.receipt().version();
            case CommandResult.Rejected rejected ->
                " rule=" + rejected.rejection().code();
            case CommandResult.NotFound missing -> " stream=" + missing.kind() + "-" + missing.id();
            case CommandResult.Conflict lost ->
                " stream=" + lost.conflict().stream() + " version="
                        + lost.conflict().actual();
            case CommandResult.CommandIdTaken taken -> "";
        };
    }
}

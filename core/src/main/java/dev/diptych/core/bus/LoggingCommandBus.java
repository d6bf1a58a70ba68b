package dev.diptych.core.bus;

import java.lang.System.Logger.Level;

/**
 * Writes one line about each command, to the logger {@code dev.diptych.commands}: its name and ids, how it ended and how long
 * it took. What is in the command is not written, and neither are messages, which may quote it.
 *
 * <p>Safe for use by many threads.
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
            outcome = result.outcome() + about(result);
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

    private static String about(CommandResult result) {
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

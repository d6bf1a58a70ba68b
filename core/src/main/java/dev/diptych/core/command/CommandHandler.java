package dev.diptych.core.command;

/**
 * Handles one type of command. Implementations are thread-safe.
 *
 * @param <C> the type of command
 */
@FunctionalInterface
public interface CommandHandler<C extends Command> {

    /** Handles the command once, without retries. */
    CommandResult handle(C command, CommandContext context);
}

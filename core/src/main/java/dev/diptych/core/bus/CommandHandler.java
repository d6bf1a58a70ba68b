package dev.diptych.core.bus;

/**
 * Handles one type of command. Implementations are safe for use by many threads.
 *
 * @param <C> the type of command
 */
@FunctionalInterface
public interface CommandHandler<C extends Command> {

    /** Handles the command once, without retrying; see {@link CommandResult} for how it can end. */
    CommandResult handle(C command, CommandContext context);
}

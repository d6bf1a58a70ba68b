package dev.diptych.core.command;

/** The entry point for commands. Implementations are thread-safe. */
public interface CommandBus {

    /**
     * Passes the command to the handler of its type, and returns when it has been handled.
     *
     * @throws IllegalStateException when no handler is registered for the command's type
     */
    CommandResult dispatch(Command command, CommandContext context);

    /** Dispatches a command with {@link CommandContext#NONE}. */
    default CommandResult dispatch(Command command) {
        return dispatch(command, CommandContext.NONE);
    }
}

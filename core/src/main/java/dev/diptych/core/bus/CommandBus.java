package dev.diptych.core.bus;

/** The one way in for commands. Implementations are safe for use by many threads. */
public interface CommandBus {

    /**
     * Hands the command to the handler of its type and waits until that is done.
     *
     * @throws NoHandlerException when no handler is registered for the command's type
     */
    CommandResult dispatch(Command command, CommandContext context);

    /** Dispatches a command about which nothing else is to be said. */
    default CommandResult dispatch(Command command) {
        return dispatch(command, CommandContext.NONE);
    }
}

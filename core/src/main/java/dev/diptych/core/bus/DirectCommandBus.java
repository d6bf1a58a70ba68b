package dev.diptych.core.bus;

/**
 * Calls the handler on the caller's thread. Handlers are registered once, by name of their type, before the first
 * command: nothing is scanned, so all wiring can be read. Immutable, and so safe for use by many threads.
 */
public final class DirectCommandBus implements CommandBus {

    private final HandlerRegistry<CommandHandler<Command>> handlers;

    private DirectCommandBus(HandlerRegistry<CommandHandler<Command>> handlers) {
        this.handlers = handlers;
    }

    /** Begins a bus without handlers. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        return handlers.get(command.getClass()).handle(command, context);
    }

    /** Collects handlers. Used by one thread. */
    public static final class Builder {

        private final HandlerRegistry<CommandHandler<Command>> handlers = new HandlerRegistry<>();

        private Builder() {}

        /**
         * Registers the handler of one type of command.
         *
         * @param <C> the type of command
         * @throws IllegalArgumentException when that type already has a handler
         */
        public <C extends Command> Builder register(Class<C> type, CommandHandler<? super C> handler) {
            handlers.add(type, (command, context) -> handler.handle(type.cast(command), context));
            return this;
        }

        /** The bus with the handlers registered so far. */
        public DirectCommandBus build() {
            return new DirectCommandBus(handlers.copy());
        }
    }
}

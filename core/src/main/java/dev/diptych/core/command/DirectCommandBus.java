package dev.diptych.core.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls the handler on the caller's thread. Each type of command has one handler, registered before the bus is built.
 * Immutable and thread-safe.
 */
public final class DirectCommandBus implements CommandBus {

    private final Map<Class<?>, CommandHandler<Command>> handlers;

    private DirectCommandBus(Map<Class<?>, CommandHandler<Command>> handlers) {
        this.handlers = handlers;
    }

    /** Returns a builder without handlers. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        CommandHandler<Command> handler = handlers.get(command.getClass());
        if (handler == null) {
            throw new IllegalStateException("No handler is registered for "
                    + command.getClass().getName() + "; registered are " + handlers.keySet());
        }
        return handler.handle(command, context);
    }

    /** Collects handlers. Not thread-safe. */
    public static final class Builder {

        private final Map<Class<?>, CommandHandler<Command>> handlers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Registers the handler of one type of command, or of every command of a sealed family.
         *
         * @param <C> the type of command
         * @throws IllegalArgumentException when a type already has a handler
         */
        public <C extends Command> Builder register(Class<C> type, CommandHandler<? super C> handler) {
            if (type.isSealed()) {
                for (Class<?> member : type.getPermittedSubclasses()) {
                    register(member.asSubclass(type), handler);
                }
            } else if (handlers.putIfAbsent(type, (command, context) -> handler.handle(type.cast(command), context))
                    != null) {
                throw new IllegalArgumentException("A handler is already registered for " + type.getName());
            }
            return this;
        }

        /** Returns a bus with the handlers registered so far. */
        public DirectCommandBus build() {
            return new DirectCommandBus(new LinkedHashMap<>(handlers));
        }
    }
}

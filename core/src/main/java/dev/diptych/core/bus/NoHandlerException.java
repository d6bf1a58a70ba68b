package dev.diptych.core.bus;

import java.util.Collection;

/** A command or query whose type nobody has registered a handler for: a mistake in the wiring. */
public final class NoHandlerException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    NoHandlerException(Class<?> type, Collection<Class<?>> registered) {
        super("No handler is registered for " + type.getName() + "; registered are "
                + registered.stream().map(Class::getSimpleName).sorted().toList());
    }
}

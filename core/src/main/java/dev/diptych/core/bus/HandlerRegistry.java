package dev.diptych.core.bus;

import java.util.LinkedHashMap;
import java.util.Map;

/** Handlers by the exact type of what they handle. Filled by one thread, then only read. */
final class HandlerRegistry<H> {

    private final Map<Class<?>, H> handlers = new LinkedHashMap<>();

    void add(Class<?> type, H handler) {
        if (handlers.putIfAbsent(type, handler) != null) {
            throw new IllegalArgumentException("A handler is already registered for " + type.getName());
        }
    }

    HandlerRegistry<H> copy() {
        var copy = new HandlerRegistry<H>();
        copy.handlers.putAll(handlers);
        return copy;
    }

    H get(Class<?> type) {
        H handler = handlers.get(type);
        if (handler == null) {
            throw new NoHandlerException(type, handlers.keySet());
        }
        return handler;
    }
}

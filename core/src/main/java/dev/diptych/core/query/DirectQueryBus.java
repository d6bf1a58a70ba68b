package dev.diptych.core.query;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls the handler on the caller's thread. Each type of query has one handler, registered before the bus is built.
 * Immutable and thread-safe.
 */
public final class DirectQueryBus implements QueryBus {

    private final Map<Class<?>, QueryHandler<?, ?>> handlers;

    private DirectQueryBus(Map<Class<?>, QueryHandler<?, ?>> handlers) {
        this.handlers = handlers;
    }

    /** Returns a builder without handlers. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public <A> Answer<A> ask(Query<A> query) {
        @SuppressWarnings("unchecked") // register() pairs each type of query with a handler of the same answer
        var handler = (QueryHandler<Query<A>, A>) handlers.get(query.getClass());
        if (handler == null) {
            throw new IllegalStateException("No handler is registered for "
                    + query.getClass().getName() + "; registered are " + handlers.keySet());
        }
        return handler.answer(query);
    }

    /** Collects handlers. Not thread-safe. */
    public static final class Builder {

        private final Map<Class<?>, QueryHandler<?, ?>> handlers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Registers the handler of one type of query.
         *
         * @param <Q> the type of query
         * @param <A> the type of its answer
         * @throws IllegalArgumentException when that type already has a handler
         */
        public <Q extends Query<A>, A> Builder register(Class<Q> type, QueryHandler<Q, A> handler) {
            if (handlers.putIfAbsent(type, handler) != null) {
                throw new IllegalArgumentException("A handler is already registered for " + type.getName());
            }
            return this;
        }

        /** Returns a bus with the handlers registered so far. */
        public DirectQueryBus build() {
            return new DirectQueryBus(new LinkedHashMap<>(handlers));
        }
    }
}

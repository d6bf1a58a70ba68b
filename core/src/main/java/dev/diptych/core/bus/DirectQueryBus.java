package dev.diptych.core.bus;

import dev.diptych.core.projection.Answer;

/**
 * Calls the handler on the caller's thread. Handlers are registered once, before the first query. Immutable, and so
 * safe for use by many threads.
 */
public final class DirectQueryBus implements QueryBus {

    private final HandlerRegistry<QueryHandler<?, ?>> handlers;

    private DirectQueryBus(HandlerRegistry<QueryHandler<?, ?>> handlers) {
        this.handlers = handlers;
    }

    /** Begins a bus without handlers. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public <A> Answer<A> ask(Query<A> query) {
        @SuppressWarnings("unchecked") // register() pairs each type of query with a handler of the same answer
        var handler = (QueryHandler<Query<A>, A>) handlers.get(query.getClass());
        return handler.answer(query);
    }

    /** Collects handlers. Used by one thread. */
    public static final class Builder {

        private final HandlerRegistry<QueryHandler<?, ?>> handlers = new HandlerRegistry<>();

        private Builder() {}

        /**
         * Registers the handler of one type of query.
         *
         * @param <Q> the type of query
         * @param <A> the type of its answer
         * @throws IllegalArgumentException when that type already has a handler
         */
        public <Q extends Query<A>, A> Builder register(Class<Q> type, QueryHandler<Q, A> handler) {
            handlers.add(type, handler);
            return this;
        }

        /** The bus with the handlers registered so far. */
        public DirectQueryBus build() {
            return new DirectQueryBus(handlers.copy());
        }
    }
}

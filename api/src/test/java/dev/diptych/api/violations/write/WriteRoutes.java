package dev.diptych.api.violations.write;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.QueryBus;
import dev.diptych.core.query.QueryHandler;
import dev.diptych.core.query.Views;

/** Planted violation: a write route that runs queries. */
final class WriteRoutes {
    QueryBus queries;
    DirectQueryBus direct;
    QueryHandler<?, ?> handler;
    Views views;
    EventStore events;
}

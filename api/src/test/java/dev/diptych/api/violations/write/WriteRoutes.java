package dev.diptych.api.violations.write;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.QueryBus;
import dev.diptych.core.query.QueryHandler;
import dev.diptych.core.query.Views;

/** Planted: a write route that asks a question first, by each way to an answer. */
final class WriteRoutes {
    QueryBus queries;
    DirectQueryBus direct;
    QueryHandler<?, ?> handler;
    Views views;
    EventStore events;
}

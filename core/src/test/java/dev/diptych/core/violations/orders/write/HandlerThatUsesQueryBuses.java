package dev.diptych.core.violations.orders.write;

import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.QueryBus;

/** Planted: a write side that can send queries, with each bus. */
final class HandlerThatUsesQueryBuses {
    QueryBus queryBus;
    DirectQueryBus directQueryBus;
}

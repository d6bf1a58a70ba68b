package dev.diptych.api.violations.operations;

import dev.diptych.core.orders.read.summary.OrderSummaries;
import dev.diptych.store.memory.MemoryEventStore;
import io.micrometer.core.instrument.Counter;

/** Planted: a route for operations that knows a context and a store, and counts past the list of metrics. */
final class ForbiddenRoute {
    OrderSummaries orders;
    MemoryEventStore store;
    Counter counter;
}

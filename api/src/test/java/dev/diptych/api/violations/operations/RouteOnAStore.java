package dev.diptych.api.violations.operations;

import dev.diptych.store.memory.MemoryEventStore;

/** Planted: a route that knows which store there is. */
final class RouteOnAStore {
    MemoryEventStore store;
}

package dev.diptych.api.violations.write;

import dev.diptych.core.bus.QueryBus;

/** Planted: a write route that asks a question first. */
final class WriteRoutes {
    QueryBus queries;
}

package dev.diptych.core.violations.eventstore;

import dev.diptych.core.orders.events.OrderItem;

/** Planted: a generic package that knows a context. */
final class GenericThatKnowsAContext {
    OrderItem item;
}

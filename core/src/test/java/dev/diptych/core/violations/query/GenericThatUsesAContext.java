package dev.diptych.core.violations.query;

import dev.diptych.core.orders.events.OrderItem;

/** Planted: a generic package that depends on a context. */
final class GenericThatUsesAContext {
    OrderItem item;
}

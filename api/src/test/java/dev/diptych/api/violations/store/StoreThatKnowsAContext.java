package dev.diptych.api.violations.store;

import dev.diptych.core.orders.read.summary.OrderSummary;

/** Planted: the generic part of a store that knows a context. */
final class StoreThatKnowsAContext {
    OrderSummary row;
}

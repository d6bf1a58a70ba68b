package dev.diptych.api.violations.store;

import dev.diptych.core.orders.read.summary.OrderSummary;

/** Planted violation: a generic class that depends on a context. */
final class StoreThatKnowsAContext {
    OrderSummary row;
}

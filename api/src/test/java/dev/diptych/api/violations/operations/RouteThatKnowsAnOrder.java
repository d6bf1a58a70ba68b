package dev.diptych.api.violations.operations;

import dev.diptych.core.orders.read.summary.OrderSummaries;

/** Planted: a route for operations that knows a context. */
final class RouteThatKnowsAnOrder {
    OrderSummaries orders;
}

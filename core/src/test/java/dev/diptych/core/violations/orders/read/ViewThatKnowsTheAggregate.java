package dev.diptych.core.violations.orders.read;

import dev.diptych.core.orders.write.Order;

/** Planted: query code that touches an aggregate. */
final class ViewThatKnowsTheAggregate {
    Order order;
}

package dev.diptych.core.violations.orders.read;

import dev.diptych.core.orders.write.Order;

/** Planted: query code that uses an aggregate. */
final class ViewThatUsesTheAggregate {
    Order order;
}

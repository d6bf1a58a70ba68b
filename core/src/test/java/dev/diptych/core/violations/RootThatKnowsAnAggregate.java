package dev.diptych.core.violations;

import dev.diptych.core.orders.write.Order;

/** Planted: a list of stored events that knows the write side. */
final class RootThatKnowsAnAggregate {
    Order order;
}

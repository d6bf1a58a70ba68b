package dev.diptych.core.violations;

import dev.diptych.core.orders.write.Order;

/** Planted: a list of stored events that depends on the write side. */
final class RootThatUsesAnAggregate {
    Order order;
}

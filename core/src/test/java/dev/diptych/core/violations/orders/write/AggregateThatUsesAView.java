package dev.diptych.core.violations.orders.write;

import dev.diptych.core.orders.read.summary.OrderSummary;

/** Planted: a write side that depends on the read side. */
final class AggregateThatUsesAView {
    OrderSummary row;
}

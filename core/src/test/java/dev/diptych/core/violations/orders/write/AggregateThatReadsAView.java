package dev.diptych.core.violations.orders.write;

import dev.diptych.core.orders.read.OrderSummary;

/** Planted: a write side that knows the read side. */
final class AggregateThatReadsAView {
    OrderSummary row;
}

package dev.diptych.core.violations.customers.read;

import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;

/** Planted: a view of several contexts that depends on the write side of one. */
final class CustomersThatUseACommand {
    PlaceOrder command;
}

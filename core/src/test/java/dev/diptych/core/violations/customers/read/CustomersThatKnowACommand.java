package dev.diptych.core.violations.customers.read;

import dev.diptych.core.orders.write.PlaceOrder;

/** Planted: a view over several contexts that knows the write side of one. */
final class CustomersThatKnowACommand {
    PlaceOrder command;
}

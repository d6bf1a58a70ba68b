package dev.diptych.core.violations.customers.read;

import dev.diptych.core.orders.events.OrderItem;

/** Not a violation: a view of several contexts is built from their events. */
final class CustomersFromEventsOfOtherContexts {
    OrderItem item;
}

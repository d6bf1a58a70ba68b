package dev.diptych.core.violations.customers.read;

import dev.diptych.core.orders.events.OrderItem;

/** Not a violation: this is what the view over customers is for. */
final class CustomersFromEventsOfOtherContexts {
    OrderItem item;
}

package dev.diptych.core.violations.orders.events;

import dev.diptych.core.orders.write.PlaceOrder;

/** Planted: an event that knows the write side. */
final class EventThatKnowsACommand {
    PlaceOrder command;
}

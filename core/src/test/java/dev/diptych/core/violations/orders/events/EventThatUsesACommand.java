package dev.diptych.core.violations.orders.events;

import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;

/** Planted: an event that depends on the write side. */
final class EventThatUsesACommand {
    PlaceOrder command;
}

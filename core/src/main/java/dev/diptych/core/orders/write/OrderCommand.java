package dev.diptych.core.orders.write;

import dev.diptych.core.bus.Command;

/** What can be asked of an order. Times are arguments, so that a decision depends on nothing but what it is given. */
public sealed interface OrderCommand extends Command permits PlaceOrder, PayOrder, ShipOrder, CancelOrder {

    /** Which order. */
    String orderId();
}

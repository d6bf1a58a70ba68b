package dev.diptych.api.read;

import dev.diptych.core.customers.read.active.ActiveCustomer;
import dev.diptych.core.money.Money;

/** An active customer in a list, as JSON. */
record ActiveCustomerResponse(String customerId, int openOrders, int runningSubscriptions, Money lifetimeValue) {

    static ActiveCustomerResponse of(ActiveCustomer customer) {
        return new ActiveCustomerResponse(
                customer.customerId(),
                customer.openOrders(),
                customer.runningSubscriptions(),
                customer.lifetimeValue());
    }
}

package dev.diptych.core.customers.read;

import dev.diptych.core.bus.DirectQueryBus;

/** Who answers the queries about customers. */
public final class CustomerQueries {

    private CustomerQueries() {}

    /** Registers the handler. */
    public static void register(DirectQueryBus.Builder bus, ActiveCustomers customers) {
        bus.register(ListActiveCustomers.class, customers::list);
    }
}

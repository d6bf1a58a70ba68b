package dev.diptych.core.customers.read;

import dev.diptych.core.customers.read.active.ActiveCustomers;
import dev.diptych.core.customers.read.active.ListActiveCustomers;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.Views;

/** The views of customers: a port that each store implements. Implementations are thread-safe. */
public interface CustomerViews extends Views {

    /** The active customers. */
    ActiveCustomers active();

    @Override
    default void register(DirectQueryBus.Builder bus) {
        bus.register(ListActiveCustomers.class, active()::list);
    }
}

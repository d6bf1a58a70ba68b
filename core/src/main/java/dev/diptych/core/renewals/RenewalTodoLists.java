package dev.diptych.core.renewals;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.Views;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;

/** The to-do list of renewals: a port that each store implements. Implementations are thread-safe. */
public interface RenewalTodoLists extends Views {

    /** The orders to place. */
    TodoList<RenewalOrder> orders();

    /** Renewals have no queries. */
    @Override
    default void register(DirectQueryBus.Builder bus) {}
}

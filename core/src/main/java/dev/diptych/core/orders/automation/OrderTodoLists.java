package dev.diptych.core.orders.automation;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;

/** The to-do lists of orders: a port that each store implements, with their read models among those of the views. */
public interface OrderTodoLists {

    /** The orders that are not paid. */
    TodoList<UnpaidOrder> unpaid();
}

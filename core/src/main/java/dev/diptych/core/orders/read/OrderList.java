package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Page;

/** Where the rows of {@link OrderListProjection} are read. Implementations are safe for use by many threads. */
public interface OrderList {

    /** One page of the orders that the query asks for, newest first; of two placed at once, the greater id first. */
    Page<OrderListItem> list(ListOrders query);
}

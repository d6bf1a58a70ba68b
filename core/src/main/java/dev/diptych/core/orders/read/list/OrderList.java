package dev.diptych.core.orders.read.list;

import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import java.util.List;

/** Reads the rows of {@link OrderListProjection}: a port that each store implements. Thread-safe. */
public interface OrderList {

    /** Returns one page of the matching orders by descending time of placement, then by descending id. */
    Answer<Page<OrderListItem>> list(ListOrders query);

    /**
     * Returns the rows whose position is greater than the query's, in position order. A batch becomes visible
     * atomically; a client that has received a row has therefore received every change up to the row's position.
     */
    Answer<List<OrderListItem>> changes(ListOrderChanges query);
}

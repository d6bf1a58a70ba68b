package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Page;
import dev.diptych.core.projection.Answer;
import java.util.List;

/** Where the rows of {@link OrderListProjection} are read. Implementations are safe for use by many threads. */
public interface OrderList {

    /** One page of the orders that the query asks for, newest first; of two placed at once, the greater id first. */
    Answer<Page<OrderListItem>> list(ListOrders query);

    /**
     * The rows whose position is greater than the one that the query states, in the order of their positions. A batch is
     * seen as a whole or not at all; so whoever has been shown a row has been shown everything up to its position.
     */
    Answer<List<OrderListItem>> changes(ListOrderChanges query);
}

package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Query;
import dev.diptych.core.bus.Require;
import java.util.List;

/**
 * The rows of the list that have changed since a position, as they are now, in the order of their positions: what a reader
 * who has seen everything up to there has to be shown.
 *
 * @param after the position up to which everything has been seen
 * @param limit the most rows to return, 1 to {@value ListOrders#MAX_LIMIT}; if there are that many, there may be more
 */
public record ListOrderChanges(long after, int limit) implements Query<List<OrderListItem>> {

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListOrderChanges {
        Require.range("limit", limit, 1, ListOrders.MAX_LIMIT);
    }

    @Override
    public String projection() {
        return OrderListProjection.NAME;
    }
}

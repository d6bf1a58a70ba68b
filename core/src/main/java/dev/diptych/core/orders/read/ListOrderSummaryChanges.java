package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Query;
import dev.diptych.core.bus.Require;
import java.util.List;

/**
 * The orders about which something has changed since a position, as they are now, in the order of their positions.
 *
 * @param after the position up to which everything has been seen
 * @param limit the most rows to return, 1 to {@value ListOrders#MAX_LIMIT}; if there are that many, there may be more
 */
public record ListOrderSummaryChanges(long after, int limit) implements Query<List<OrderSummary>> {

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListOrderSummaryChanges {
        Require.range("limit", limit, 1, ListOrders.MAX_LIMIT);
    }

    @Override
    public String projection() {
        return OrderSummaryProjection.NAME;
    }
}

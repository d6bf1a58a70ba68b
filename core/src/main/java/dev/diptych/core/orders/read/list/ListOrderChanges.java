package dev.diptych.core.orders.read.list;

import dev.diptych.core.query.Page;
import dev.diptych.core.query.Query;
import java.util.List;

/**
 * Lists the rows that have changed after a position, in their current state and in position order.
 *
 * @param after the position up to which the client has received all changes
 * @param limit the maximum number of rows, 1 to {@link Page#MAX_LIMIT}; if the result is full, more
 *     rows may follow
 */
public record ListOrderChanges(long after, int limit) implements Query<List<OrderListItem>> {

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListOrderChanges {
        Page.requireLimit(limit);
    }

    @Override
    public String projection() {
        return OrderListProjection.NAME;
    }
}

package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Page;
import dev.diptych.core.bus.Query;
import dev.diptych.core.bus.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * Orders, newest first, page by page.
 *
 * @param customerId only this customer's, if stated
 * @param status only those with this status, if stated
 * @param after only those that come after this one, which ended the page before
 * @param limit the most orders to return, 1 to {@value #MAX_LIMIT}
 */
public record ListOrders(Optional<String> customerId, Optional<OrderStatus> status, Optional<Cursor> after, int limit)
        implements Query<Page<OrderListItem>> {

    /** The most orders on one page. */
    public static final int MAX_LIMIT = 200;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListOrders {
        Require.range("limit", limit, 1, MAX_LIMIT);
    }

    @Override
    public String projection() {
        return OrderListProjection.NAME;
    }

    /** Whether this is one of the orders that are asked for. */
    public boolean matches(OrderListItem row) {
        return isOfCustomer(row) && status.map(row.status()::equals).orElse(true);
    }

    /**
     * Whether an order that is not asked for may have been earlier: the customer of an order stays, and its status goes one
     * way.
     */
    public boolean mayHaveMatched(OrderListItem row) {
        return isOfCustomer(row) && status.map(row.status()::comesAfter).orElse(false);
    }

    private boolean isOfCustomer(OrderListItem row) {
        return customerId.map(row.customerId()::equals).orElse(true);
    }

    /**
     * The place of an order in the list. Pages that go on after a place stay right while orders come and go, which pages
     * by number do not.
     */
    public record Cursor(Instant placedAt, String orderId) {

        /** The place of a row. */
        public static Cursor of(OrderListItem row) {
            return new Cursor(row.placedAt(), row.orderId());
        }
    }
}

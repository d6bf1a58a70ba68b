package dev.diptych.core.orders.read.list;

import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.query.Page;
import dev.diptych.core.query.Query;
import java.time.Instant;
import java.util.Optional;

/**
 * Lists orders, newest first, page by page.
 *
 * @param customerId if present, only orders of this customer
 * @param status if present, only orders with this status
 * @param after the last order of the previous page; empty for the first page
 * @param limit the maximum number of orders, 1 to {@link Page#MAX_LIMIT}
 */
public record ListOrders(Optional<String> customerId, Optional<OrderStatus> status, Optional<Cursor> after, int limit)
        implements Query<Page<OrderListItem>> {

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListOrders {
        Page.requireLimit(limit);
    }

    @Override
    public String projection() {
        return OrderListProjection.NAME;
    }

    /** Whether the row matches the customer and the status. */
    public boolean matches(OrderListItem row) {
        return isOfCustomer(row) && status.map(row.status()::equals).orElse(true);
    }

    /** Whether an order that does not match now may have matched earlier: its status changes, its customer does not. */
    public boolean mayHaveMatched(OrderListItem row) {
        return isOfCustomer(row) && status.map(row.status()::mayHaveBeen).orElse(false);
    }

    private boolean isOfCustomer(OrderListItem row) {
        return customerId.map(row.customerId()::equals).orElse(true);
    }

    /**
     * The position of an order in the list (keyset pagination). Unlike page numbers, it stays valid while orders are
     * added and removed.
     */
    public record Cursor(Instant placedAt, String orderId) {

        /** Returns the cursor of a row. */
        public static Cursor of(OrderListItem row) {
            return new Cursor(row.placedAt(), row.orderId());
        }
    }
}

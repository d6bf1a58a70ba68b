package dev.diptych.core.customers.read.active;

import dev.diptych.core.query.Page;
import dev.diptych.core.query.Query;
import java.util.Optional;

/**
 * Lists the customers with an open order (placed or paid) or a running subscription, by id, page by page.
 *
 * @param after the id of the last customer of the previous page; empty for the first page
 * @param limit the maximum number of customers, 1 to {@link Page#MAX_LIMIT}
 */
public record ListActiveCustomers(Optional<String> after, int limit) implements Query<Page<ActiveCustomer>> {

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListActiveCustomers {
        Page.requireLimit(limit);
    }

    @Override
    public String projection() {
        return ActiveCustomersProjection.NAME;
    }
}

package dev.diptych.core.customers.read;

import dev.diptych.core.bus.Page;
import dev.diptych.core.bus.Query;
import dev.diptych.core.bus.Require;
import java.util.Optional;

/**
 * The customers with an open order (placed or paid) or a running subscription, by their ids, page by page.
 *
 * @param after only those that come after the customer with this id, who ended the page before
 * @param limit the most customers to return, 1 to {@value #MAX_LIMIT}
 */
public record ListActiveCustomers(Optional<String> after, int limit) implements Query<Page<ActiveCustomer>> {

    /** The most customers on one page. */
    public static final int MAX_LIMIT = 200;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public ListActiveCustomers {
        Require.range("limit", limit, 1, MAX_LIMIT);
    }

    @Override
    public String projection() {
        return ActiveCustomersProjection.NAME;
    }
}

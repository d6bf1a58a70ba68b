package dev.diptych.core.customers.read.active;

import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;

/** Reads the rows of {@link ActiveCustomersProjection}: a port that each store implements. Thread-safe. */
public interface ActiveCustomers {

    /**
     * Returns one page of the active customers by id, in the order of {@link String#compareTo}: ids are ASCII, and
     * upper case sorts before lower case.
     */
    Answer<Page<ActiveCustomer>> list(ListActiveCustomers query);
}

package dev.diptych.core.customers.read;

import dev.diptych.core.bus.Page;
import dev.diptych.core.projection.Answer;

/** Where the rows of {@link ActiveCustomersProjection} are read. Implementations are safe for use by many threads. */
public interface ActiveCustomers {

    /**
     * One page of the customers that are active, by their ids in the order of {@link String#compareTo}: an id is ASCII,
     * and capitals come before small letters.
     */
    Answer<Page<ActiveCustomer>> list(ListActiveCustomers query);
}

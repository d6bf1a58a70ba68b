package dev.diptych.store.memory.customers;

import dev.diptych.core.bus.Page;
import dev.diptych.core.customers.read.ActiveCustomer;
import dev.diptych.core.customers.read.ActiveCustomers;
import dev.diptych.core.customers.read.ActiveCustomersProjection;
import dev.diptych.core.customers.read.ListActiveCustomers;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;

/** The customers, in memory, of whom the active ones are listed. Safe for use by many threads. */
public final class MemoryActiveCustomers implements ActiveCustomers {

    private final MemoryReadModel<String, ActiveCustomer> rows;

    /**
     * Without rows yet.
     *
     * @param history the one history of the events that they are made of
     */
    public MemoryActiveCustomers(String history) {
        rows = new MemoryReadModel<>(
                history, new ActiveCustomersProjection(), ActiveCustomer::customerId, Comparator.naturalOrder());
    }

    /** What keeps the rows up to date. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Answer<Page<ActiveCustomer>> list(ListActiveCustomers query) {
        return rows.list(query.after(), ActiveCustomer::isActive, query.limit());
    }
}

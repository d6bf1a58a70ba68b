package dev.diptych.store.memory.customers;

import dev.diptych.core.customers.read.CustomerViews;
import dev.diptych.core.customers.read.active.ActiveCustomer;
import dev.diptych.core.customers.read.active.ActiveCustomers;
import dev.diptych.core.customers.read.active.ActiveCustomersProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;
import java.util.List;

/** The views of customers in memory. Thread-safe. */
public final class MemoryCustomers implements CustomerViews {

    private final MemoryReadModel<String, ActiveCustomer> active;

    /**
     * Creates views without rows.
     *
     * @param history the history of the event store
     */
    public MemoryCustomers(String history) {
        active = new MemoryReadModel<>(
                history, new ActiveCustomersProjection(), ActiveCustomer::customerId, Comparator.naturalOrder());
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(active);
    }

    @Override
    public ActiveCustomers active() {
        return query -> active.list(query.after(), ActiveCustomer::isActive, query.limit());
    }
}

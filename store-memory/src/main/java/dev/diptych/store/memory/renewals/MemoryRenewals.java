package dev.diptych.store.memory.renewals;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.renewals.RenewalOrders;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.renewals.RenewalTodoLists;
import dev.diptych.store.memory.MemoryTodoList;
import java.time.InstantSource;
import java.util.List;

/** The to-do list of renewals in memory. Thread-safe. */
public final class MemoryRenewals implements RenewalTodoLists {

    private final MemoryTodoList<RenewalOrder> orders;

    /**
     * Creates an empty list.
     *
     * @param history the history of the event store
     * @param clock the event store's clock
     */
    public MemoryRenewals(String history, InstantSource clock) {
        orders = new MemoryTodoList<>(history, clock, new RenewalOrders());
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(orders.readModel());
    }

    @Override
    public TodoList<RenewalOrder> orders() {
        return orders;
    }
}

package dev.diptych.api;

import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.orders.MemoryOrderList;
import dev.diptych.store.memory.orders.MemoryOrderSummaries;
import java.util.List;

/** Puts the memory store together. */
final class MemoryStore {

    private MemoryStore() {}

    static Store open() {
        var orderSummaries = new MemoryOrderSummaries();
        var orderList = new MemoryOrderList();
        return new Store(
                "memory",
                new MemoryEventStore(),
                List.of(orderSummaries.readModel(), orderList.readModel()),
                orderSummaries,
                orderList,
                () -> {});
    }
}

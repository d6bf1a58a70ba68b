package dev.diptych.store.memory.orders;

import dev.diptych.core.orders.read.OrderSummaries;
import dev.diptych.core.orders.read.OrderSummary;
import dev.diptych.core.orders.read.OrderSummaryProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;
import java.util.Optional;

/** Everything about each order, in memory. Safe for use by many threads. */
public final class MemoryOrderSummaries implements OrderSummaries {

    private final MemoryReadModel<String, OrderSummary> rows =
            new MemoryReadModel<>(new OrderSummaryProjection(), OrderSummary::orderId, Comparator.naturalOrder());

    /** What keeps the rows up to date. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Optional<OrderSummary> find(String orderId) {
        return rows.find(orderId);
    }
}

package dev.diptych.store.memory.orders;

import dev.diptych.core.orders.read.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.OrderSummaries;
import dev.diptych.core.orders.read.OrderSummary;
import dev.diptych.core.orders.read.OrderSummaryProjection;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Everything about each order, in memory. Safe for use by many threads. */
public final class MemoryOrderSummaries implements OrderSummaries {

    private final MemoryReadModel<String, OrderSummary> rows;

    /**
     * Without rows yet.
     *
     * @param history the one history of the events that they are made of
     */
    public MemoryOrderSummaries(String history) {
        rows = new MemoryReadModel<>(
                history,
                new OrderSummaryProjection(),
                OrderSummary::orderId,
                Comparator.naturalOrder(),
                OrderSummary::position);
    }

    /** What keeps the rows up to date. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Answer<Optional<OrderSummary>> find(String orderId) {
        return rows.find(orderId);
    }

    @Override
    public Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query) {
        return rows.changes(query.after(), query.limit());
    }
}

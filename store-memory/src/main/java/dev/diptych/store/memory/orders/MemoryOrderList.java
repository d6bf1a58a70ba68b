package dev.diptych.store.memory.orders;

import dev.diptych.core.bus.Page;
import dev.diptych.core.orders.read.ListOrderChanges;
import dev.diptych.core.orders.read.ListOrders;
import dev.diptych.core.orders.read.ListOrders.Cursor;
import dev.diptych.core.orders.read.OrderList;
import dev.diptych.core.orders.read.OrderListItem;
import dev.diptych.core.orders.read.OrderListProjection;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;
import java.util.List;

/** The list of orders, in memory. Safe for use by many threads. */
public final class MemoryOrderList implements OrderList {

    private static final Comparator<Cursor> NEWEST_FIRST = Comparator.comparing(Cursor::placedAt)
            .thenComparing(Cursor::orderId)
            .reversed();

    private final MemoryReadModel<Cursor, OrderListItem> rows;

    /**
     * Without rows yet.
     *
     * @param history the one history of the events that they are made of
     */
    public MemoryOrderList(String history) {
        rows = new MemoryReadModel<>(
                history, new OrderListProjection(), Cursor::of, NEWEST_FIRST, OrderListItem::position);
    }

    /** What keeps the rows up to date. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Answer<Page<OrderListItem>> list(ListOrders query) {
        return rows.list(query.after(), query::matches, query.limit());
    }

    @Override
    public Answer<List<OrderListItem>> changes(ListOrderChanges query) {
        return rows.changes(query.after(), query.limit());
    }
}

package dev.diptych.store.memory.orders;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.orders.automation.OrderTodoLists;
import dev.diptych.core.orders.automation.UnpaidOrders;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.read.OrderViews;
import dev.diptych.core.orders.read.list.ListOrderChanges;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.list.OrderList;
import dev.diptych.core.orders.read.list.OrderListItem;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.orders.read.sales.ProductSales;
import dev.diptych.core.orders.read.sales.ProductSalesList;
import dev.diptych.core.orders.read.sales.ProductSalesProjection;
import dev.diptych.core.orders.read.summary.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.summary.OrderSummaries;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import dev.diptych.store.memory.MemoryReadModel;
import dev.diptych.store.memory.MemoryTodoList;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The views and to-do lists of orders in memory. Thread-safe. */
public final class MemoryOrders implements OrderViews, OrderTodoLists {

    private static final Comparator<ListOrders.Cursor> NEWEST_FIRST = Comparator.comparing(ListOrders.Cursor::placedAt)
            .thenComparing(ListOrders.Cursor::orderId)
            .reversed();

    private static final Comparator<GetProductSales.Cursor> HIGHEST_FIRST =
            Comparator.comparing(GetProductSales.Cursor::revenue).reversed().thenComparing(GetProductSales.Cursor::sku);

    private final MemoryReadModel<String, OrderSummary> summaries;
    private final MemoryReadModel<ListOrders.Cursor, OrderListItem> list;
    private final MemoryReadModel<GetProductSales.Cursor, ProductSales> sales;
    private final MemoryTodoList<UnpaidOrder> unpaid;

    /**
     * Creates views without rows.
     *
     * @param history the history of the event store
     * @param clock the event store's clock
     */
    public MemoryOrders(String history, InstantSource clock) {
        summaries = new MemoryReadModel<>(
                history,
                new OrderSummaryProjection(),
                OrderSummary::orderId,
                Comparator.naturalOrder(),
                OrderSummary::position);
        list = new MemoryReadModel<>(
                history, new OrderListProjection(), ListOrders.Cursor::of, NEWEST_FIRST, OrderListItem::position);
        sales = new MemoryReadModel<>(history, new ProductSalesProjection(), GetProductSales.Cursor::of, HIGHEST_FIRST);
        unpaid = new MemoryTodoList<>(history, clock, new UnpaidOrders());
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(summaries, list, sales, unpaid.readModel());
    }

    @Override
    public OrderSummaries summaries() {
        return new OrderSummaries() {
            @Override
            public Answer<Optional<OrderSummary>> find(String orderId) {
                return summaries.find(orderId);
            }

            @Override
            public Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query) {
                return summaries.changes(query.after(), query.limit());
            }
        };
    }

    @Override
    public OrderList list() {
        return new OrderList() {
            @Override
            public Answer<Page<OrderListItem>> list(ListOrders query) {
                return list.list(query.after(), query::matches, query.limit());
            }

            @Override
            public Answer<List<OrderListItem>> changes(ListOrderChanges query) {
                return list.changes(query.after(), query.limit());
            }
        };
    }

    @Override
    public ProductSalesList sales() {
        return query -> sales.list(query.after(), row -> true, query.limit());
    }

    @Override
    public TodoList<UnpaidOrder> unpaid() {
        return unpaid;
    }
}

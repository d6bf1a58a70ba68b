package dev.diptych.store.postgres.orders;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.json.JsonText;
import dev.diptych.core.orders.automation.OrderTodoLists;
import dev.diptych.core.orders.automation.UnpaidOrders;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.read.OrderViews;
import dev.diptych.core.orders.read.list.OrderList;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.orders.read.sales.ProductSalesList;
import dev.diptych.core.orders.read.sales.ProductSalesProjection;
import dev.diptych.core.orders.read.summary.OrderSummaries;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import dev.diptych.store.postgres.readmodels.PostgresTodoList;
import java.util.List;

/** The views and to-do lists of orders in PostgreSQL. Thread-safe. */
public final class PostgresOrders implements OrderViews, OrderTodoLists {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("orders", 1);

    private static final JsonText<UnpaidOrder> UNPAID = StoredEvents.codec().textOf(UnpaidOrder.class);

    private final Database database;

    /**
     * Creates the views with the privileges of one role.
     *
     * @param database a reader's for queries, a projector's for read models
     */
    public PostgresOrders(Database database) {
        this.database = database;
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(
                new PostgresReadModel<>(database, new OrderSummaryProjection(), PostgresOrderSummaries.TABLE),
                new PostgresReadModel<>(database, new OrderListProjection(), PostgresOrderList.TABLE),
                new PostgresReadModel<>(database, new ProductSalesProjection(), PostgresProductSalesList.TABLE),
                unpaid().readModel());
    }

    @Override
    public OrderSummaries summaries() {
        return new PostgresOrderSummaries(database);
    }

    @Override
    public OrderList list() {
        return new PostgresOrderList(database);
    }

    @Override
    public ProductSalesList sales() {
        return new PostgresProductSalesList(database);
    }

    @Override
    public PostgresTodoList<UnpaidOrder> unpaid() {
        return new PostgresTodoList<>(database, new UnpaidOrders(), "unpaid_orders", UNPAID);
    }
}

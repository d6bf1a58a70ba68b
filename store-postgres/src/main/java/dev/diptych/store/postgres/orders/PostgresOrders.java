package dev.diptych.store.postgres.orders;

import dev.diptych.core.orders.read.OrderViews;
import dev.diptych.core.orders.read.list.OrderList;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.orders.read.sales.ProductSalesList;
import dev.diptych.core.orders.read.sales.ProductSalesProjection;
import dev.diptych.core.orders.read.summary.OrderSummaries;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.PostgresSchema;
import java.util.List;

/** The views of orders, in PostgreSQL. Safe for use by many threads. */
public final class PostgresOrders implements OrderViews {

    /** The migrations that the views need. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("orders", 4);

    private final Database database;

    /**
     * The views with the rights of one role.
     *
     * @param database a reader's for the answers to queries, a projector's for the read models
     */
    public PostgresOrders(Database database) {
        this.database = database;
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(
                new PostgresReadModel<>(database, new OrderSummaryProjection(), PostgresOrderSummaries.TABLE),
                new PostgresReadModel<>(database, new OrderListProjection(), PostgresOrderList.TABLE),
                new PostgresReadModel<>(database, new ProductSalesProjection(), PostgresProductSalesList.TABLE));
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
}

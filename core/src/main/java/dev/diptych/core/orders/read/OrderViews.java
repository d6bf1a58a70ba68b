package dev.diptych.core.orders.read;

import dev.diptych.core.orders.read.list.ListOrderChanges;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.list.OrderList;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.orders.read.sales.ProductSalesList;
import dev.diptych.core.orders.read.summary.GetOrderSummary;
import dev.diptych.core.orders.read.summary.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.summary.OrderSummaries;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.Views;

/** The views of orders: a port that each store implements. Implementations are thread-safe. */
public interface OrderViews extends Views {

    /** The details of each order. */
    OrderSummaries summaries();

    /** The list of orders. */
    OrderList list();

    /** The sales of each product. */
    ProductSalesList sales();

    @Override
    default void register(DirectQueryBus.Builder bus) {
        bus.register(GetOrderSummary.class, query -> summaries().find(query.orderId()));
        bus.register(ListOrderSummaryChanges.class, summaries()::changes);
        bus.register(ListOrders.class, list()::list);
        bus.register(ListOrderChanges.class, list()::changes);
        bus.register(GetProductSales.class, sales()::list);
    }
}

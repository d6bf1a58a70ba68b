package dev.diptych.core.orders.read;

import dev.diptych.core.bus.DirectQueryBus;

/** Who answers the queries about orders: the read model that was made for each. */
public final class OrderQueries {

    private OrderQueries() {}

    /** Registers the handlers. */
    public static void register(
            DirectQueryBus.Builder bus, OrderSummaries summaries, OrderList list, ProductSalesList sales) {
        bus.register(GetOrderSummary.class, query -> summaries.find(query.orderId()));
        bus.register(ListOrderSummaryChanges.class, summaries::changes);
        bus.register(ListOrders.class, list::list);
        bus.register(ListOrderChanges.class, list::changes);
        bus.register(GetProductSales.class, sales::list);
    }
}

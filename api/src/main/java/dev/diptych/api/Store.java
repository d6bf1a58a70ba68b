package dev.diptych.api;

import dev.diptych.api.ops.Insight;
import dev.diptych.core.customers.read.ActiveCustomers;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.read.OrderList;
import dev.diptych.core.orders.read.OrderSummaries;
import dev.diptych.core.orders.read.ProductSalesList;
import dev.diptych.core.projection.Checkpoints;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionSummaries;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a store brings along: the events, the read models, and what reads them.
 *
 * @param name what it is called in the option {@code --store}
 * @param events where the events are
 * @param readModels where the rows and the checkpoint of each projection are
 * @param leases by the name of a projection, what says whether this node runs it
 * @param checkpoints how far the read models are where they are read
 * @param orderSummaries answers for single orders
 * @param orderList answers for lists of orders
 * @param productSales answers for what has been sold
 * @param subscriptionSummaries answers for single subscriptions
 * @param activeCustomers answers for lists of customers
 * @param insight what it shows to those who run the API
 * @param onClose frees what it holds
 */
record Store(
        String name,
        EventStore events,
        List<ReadModelStore> readModels,
        Function<String, Lease> leases,
        Checkpoints checkpoints,
        OrderSummaries orderSummaries,
        OrderList orderList,
        ProductSalesList productSales,
        SubscriptionSummaries subscriptionSummaries,
        ActiveCustomers activeCustomers,
        Insight insight,
        Runnable onClose)
        implements AutoCloseable {

    /** A name that tells this node from all others, also from those that had its process number before. */
    static String newNode() {
        return ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        onClose.run();
    }
}

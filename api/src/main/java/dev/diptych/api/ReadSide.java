package dev.diptych.api;

import dev.diptych.api.http.ConsistencyTokens;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.core.bus.DirectQueryBus;
import dev.diptych.core.bus.QueryBus;
import dev.diptych.core.customers.read.CustomerQueries;
import dev.diptych.core.orders.read.OrderQueries;
import dev.diptych.core.projection.CheckpointWatch;
import dev.diptych.core.subscriptions.read.SubscriptionQueries;

/** The read side, put together: queries to read models. Safe for use by many threads. */
final class ReadSide implements AutoCloseable {

    private final Store.Read store;
    private final QueryBus queries;
    private final CheckpointWatch watch;

    ReadSide(Store.Read store) {
        this.store = store;
        var answers = DirectQueryBus.builder();
        OrderQueries.register(answers, store.orderSummaries(), store.orderList(), store.productSales());
        SubscriptionQueries.register(answers, store.subscriptionSummaries());
        CustomerQueries.register(answers, store.activeCustomers());
        this.queries = answers.build();
        this.watch = new CheckpointWatch(store.checkpoints());
    }

    /** Its routes are given no more than its bus, and what waiting needs. */
    ReadRoutes routes() {
        return new ReadRoutes(
                queries, watch, new ConsistencyTokens(store.checkpoints().storeId()));
    }

    CheckpointWatch watch() {
        return watch;
    }

    void start() {
        watch.start();
    }

    /** Lets those go who wait. */
    @Override
    public void close() {
        watch.close();
    }
}

package dev.diptych.api;

import dev.diptych.api.http.ConsistencyTokens;
import dev.diptych.api.http.EventStreams;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.core.bus.DirectQueryBus;
import dev.diptych.core.customers.read.ActiveCustomersProjection;
import dev.diptych.core.customers.read.CustomerQueries;
import dev.diptych.core.orders.read.OrderListProjection;
import dev.diptych.core.orders.read.OrderQueries;
import dev.diptych.core.orders.read.OrderSummaryProjection;
import dev.diptych.core.orders.read.ProductSalesProjection;
import dev.diptych.core.projection.CheckpointWatch;
import dev.diptych.core.subscriptions.read.SubscriptionQueries;
import dev.diptych.core.subscriptions.read.SubscriptionSummaryProjection;
import java.util.Set;

/** The read side, put together: queries to read models. Safe for use by many threads. */
final class ReadSide implements AutoCloseable {

    /** The projections that make the views. */
    static final Set<String> PROJECTIONS = Set.of(
            OrderSummaryProjection.NAME,
            OrderListProjection.NAME,
            ProductSalesProjection.NAME,
            SubscriptionSummaryProjection.NAME,
            ActiveCustomersProjection.NAME);

    private final CheckpointWatch watch;
    private final EventStreams streams;
    private final ReadRoutes routes;

    ReadSide(Store.Read store, EventStreams.Limits limits) {
        var answers = DirectQueryBus.builder();
        OrderQueries.register(answers, store.orderSummaries(), store.orderList(), store.productSales());
        SubscriptionQueries.register(answers, store.subscriptionSummaries());
        CustomerQueries.register(answers, store.activeCustomers());
        this.watch = new CheckpointWatch(store.checkpoints());
        this.streams = new EventStreams(limits);
        this.routes = new ReadRoutes(
                answers.build(),
                watch,
                new ConsistencyTokens(store.checkpoints().storeId()),
                streams);
    }

    /** Its routes are given no more than its bus, and what waiting and streams need. */
    ReadRoutes routes() {
        return routes;
    }

    /** How many streams of events are open at this moment. */
    int streams() {
        return streams.open();
    }

    CheckpointWatch watch() {
        return watch;
    }

    void start() {
        watch.start();
        streams.start();
        routes.start();
    }

    /** Ends the streams, and lets those go who wait. */
    @Override
    public void close() {
        streams.close();
        watch.close();
        routes.close();
    }
}

package dev.diptych.api;

import dev.diptych.api.http.EventStreams;
import dev.diptych.api.metrics.Metric;
import dev.diptych.api.metrics.Metrics;
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

    private static final String MET = "met";
    private static final String TIMED_OUT = "timed-out";

    private final CheckpointWatch watch;
    private final EventStreams streams;
    private final ReadRoutes routes;

    ReadSide(Store.Read store, EventStreams.Limits limits, Metrics metrics) {
        var answers = DirectQueryBus.builder();
        OrderQueries.register(answers, store.orderSummaries(), store.orderList(), store.productSales());
        SubscriptionQueries.register(answers, store.subscriptionSummaries());
        CustomerQueries.register(answers, store.activeCustomers());
        this.watch = new CheckpointWatch(store.checkpoints());
        this.streams = new EventStreams(limits);
        show(metrics, watch, streams);
        this.routes = new ReadRoutes(
                answers.build(),
                watch,
                (projection, seen, took) ->
                        metrics.time(Metric.QUERY_WAIT_DURATION, took, projection, seen ? MET : TIMED_OUT),
                streams);
    }

    private static void show(Metrics metrics, CheckpointWatch watch, EventStreams streams) {
        for (String projection : PROJECTIONS) {
            metrics.expect(Metric.QUERY_WAIT_DURATION, projection, MET);
            metrics.expect(Metric.QUERY_WAIT_DURATION, projection, TIMED_OUT);
        }
        metrics.gauge(Metric.QUERIES_WAITING, watch::waiting);
        metrics.gauge(Metric.STREAMS_OPEN, streams::open);
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

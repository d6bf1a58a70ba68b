package dev.diptych.api.read;

import dev.diptych.api.http.ConsistencyTokens;
import dev.diptych.api.http.EntityTags;
import dev.diptych.api.http.EventStreams;
import dev.diptych.api.http.Json;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemException;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.http.Routes;
import dev.diptych.core.bus.QueryBus;
import dev.diptych.core.customers.read.ListActiveCustomers;
import dev.diptych.core.orders.read.GetOrderSummary;
import dev.diptych.core.orders.read.GetProductSales;
import dev.diptych.core.orders.read.ListOrders;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.OrderSummary;
import dev.diptych.core.projection.CheckpointWatch;
import dev.diptych.core.subscriptions.read.GetSubscriptionSummary;
import dev.diptych.core.subscriptions.read.SubscriptionSummary;
import io.javalin.http.Context;

/** The routes that answer questions, from read models and nothing else. Safe for use by many threads. */
public final class ReadRoutes implements AutoCloseable {

    private static final int STANDARD_LIMIT = 50;

    private final FreshQueries queries;
    private final LiveOrders live;

    /** Routes over a bus; the watch and the tokens are for clients who wait for what they have written. */
    public ReadRoutes(QueryBus queries, CheckpointWatch watch, ConsistencyTokens tokens, EventStreams streams) {
        this.queries = new FreshQueries(queries, watch, tokens);
        this.live = new LiveOrders(queries, this.queries, watch, streams);
    }

    /** Adds the routes, on a node that answers them or on another. */
    public static void add(Routes.Declared<ReadRoutes> routes) {
        routes.getOrFollow("/orders/{order_id}", ReadRoutes::order, ReadRoutes::followOrder);
        routes.getOrFollow("/orders", ReadRoutes::orders, ReadRoutes::followOrders);
        routes.get("/products/sales", ReadRoutes::productSales);
        routes.get("/subscriptions/{subscription_id}", ReadRoutes::subscription);
        routes.get("/customers/active", ReadRoutes::activeCustomers);
    }

    /** Begins to feed the streams. */
    public void start() {
        live.start();
    }

    private void order(Context ctx) {
        EntityTags.check(ctx);
        String orderId = ctx.pathParam("order_id");
        OrderSummary order = queries.ask(ctx, new Parameters(ctx), new GetOrderSummary(orderId))
                .orElseThrow(() -> notFound("order", orderId));
        if (!EntityTags.notModified(ctx, order.version())) {
            Json.write(ctx, 200, OrderView.of(order));
        }
    }

    private void followOrder(Context ctx) {
        live.order(ctx);
    }

    private void followOrders(Context ctx) {
        live.orders(ctx);
    }

    private void orders(Context ctx) {
        var parameters = new Parameters(ctx);
        var query = new ListOrders(
                parameters.id("customer_id"),
                parameters.oneOf("status", OrderStatus.class),
                parameters.cursor(Cursors::decodeOrder),
                parameters.limit(STANDARD_LIMIT, ListOrders.MAX_LIMIT));
        Json.write(ctx, 200, PageView.of(queries.ask(ctx, parameters, query), OrderListView::of, Cursors::encode));
    }

    private void productSales(Context ctx) {
        var parameters = new Parameters(ctx);
        var query = new GetProductSales(
                parameters.cursor(Cursors::decodeProduct), parameters.limit(STANDARD_LIMIT, GetProductSales.MAX_LIMIT));
        Json.write(ctx, 200, PageView.of(queries.ask(ctx, parameters, query), ProductSalesView::of, Cursors::encode));
    }

    private void subscription(Context ctx) {
        EntityTags.check(ctx);
        String subscriptionId = ctx.pathParam("subscription_id");
        SubscriptionSummary subscription = queries.ask(
                        ctx, new Parameters(ctx), new GetSubscriptionSummary(subscriptionId))
                .orElseThrow(() -> notFound("subscription", subscriptionId));
        if (!EntityTags.notModified(ctx, subscription.version())) {
            Json.write(ctx, 200, SubscriptionView.of(subscription));
        }
    }

    private void activeCustomers(Context ctx) {
        var parameters = new Parameters(ctx);
        var query = new ListActiveCustomers(
                parameters.cursor(Cursors::decodeCustomer),
                parameters.limit(STANDARD_LIMIT, ListActiveCustomers.MAX_LIMIT));
        Json.write(ctx, 200, PageView.of(queries.ask(ctx, parameters, query), ActiveCustomerView::of, Cursors::encode));
    }

    /** Ends what feeds the streams, which are to be ended before. */
    @Override
    public void close() {
        live.close();
    }

    static ProblemException notFound(String kind, String id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no " + kind + " " + id + ", or it cannot be seen yet.")
                .asException();
    }
}

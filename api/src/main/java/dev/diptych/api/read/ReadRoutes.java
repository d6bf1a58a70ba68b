package dev.diptych.api.read;

import dev.diptych.api.http.input.EntityTags;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.http.server.Routes;
import dev.diptych.api.read.Cursors.Bookmark;
import dev.diptych.core.customers.read.active.ListActiveCustomers;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.orders.read.summary.GetOrderSummary;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.Page;
import dev.diptych.core.query.QueryBus;
import dev.diptych.core.subscriptions.read.summary.GetSubscriptionSummary;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummary;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** The routes for queries, which are answered from read models only. Thread-safe. */
public final class ReadRoutes implements AutoCloseable {

    private static final int DEFAULT_LIMIT = 50;

    private final FreshQueries queries;
    private final LiveOrders live;

    /** Records how long queries wait for a client's own write. */
    @FunctionalInterface
    public interface Waits {
        /**
         * Called on the thread of the request when a wait has ended.
         *
         * @param projection the name of the projection
         * @param seen whether the projection has reached the position
         * @param took the duration of the wait
         */
        void ended(String projection, boolean seen, Duration took);
    }

    /**
     * Creates the routes.
     *
     * @param queries the bus that answers the queries
     * @param watch the watch by which queries wait for a client's own write
     * @param waits records these waits
     * @param streams the open event streams of the server
     */
    public ReadRoutes(QueryBus queries, CheckpointWatch watch, Waits waits, EventStreams streams) {
        this.queries = new FreshQueries(queries, watch, waits);
        this.live = new LiveOrders(queries, this.queries, watch, streams);
    }

    /** Adds the routes. */
    public void add(Routes.Group routes) {
        routes.getOrFollow("/orders/{order_id}", this::order, live::order);
        routes.getOrFollow("/orders", this::orders, live::orders);
        routes.get("/products/sales", this::productSales);
        routes.get("/subscriptions/{subscription_id}", this::subscription);
        routes.get("/customers/active", this::activeCustomers);
    }

    /** Starts the feeds of the event streams. */
    public void start() {
        live.start();
    }

    private void order(Context ctx) {
        String orderId = ctx.pathParam("order_id");
        Answer<Optional<OrderSummary>> answer = queries.ask(ctx, new Parameters(ctx), new GetOrderSummary(orderId));
        OrderSummary order = answer.value().orElseThrow(() -> notFound("order", orderId));
        EntityTags.state(ctx, order.version(), answer.edition().toString());
        Json.write(ctx, 200, OrderResponse.of(order));
    }

    private void orders(Context ctx) {
        var parameters = new Parameters(ctx);
        Optional<Bookmark<ListOrders.Cursor>> after = parameters.cursor(Cursors::decodeOrder);
        var query = new ListOrders(
                parameters.id("customer_id"),
                parameters.oneOf("status", OrderStatus.class),
                after.map(Bookmark::place),
                parameters.limit(DEFAULT_LIMIT, Page.MAX_LIMIT));
        var answer = queries.askIn(after.map(Bookmark::history), ctx, parameters, query);
        Json.write(ctx, 200, PageResponse.of(answer, OrderListItemResponse::of, Cursors::encode));
    }

    private void productSales(Context ctx) {
        var parameters = new Parameters(ctx);
        Optional<Bookmark<GetProductSales.Cursor>> after = parameters.cursor(Cursors::decodeProduct);
        var query = new GetProductSales(after.map(Bookmark::place), parameters.limit(DEFAULT_LIMIT, Page.MAX_LIMIT));
        var answer = queries.askIn(after.map(Bookmark::history), ctx, parameters, query);
        Json.write(ctx, 200, PageResponse.of(answer, ProductSalesResponse::of, Cursors::encode));
    }

    private void subscription(Context ctx) {
        String subscriptionId = ctx.pathParam("subscription_id");
        Answer<Optional<SubscriptionSummary>> answer =
                queries.ask(ctx, new Parameters(ctx), new GetSubscriptionSummary(subscriptionId));
        SubscriptionSummary subscription = answer.value().orElseThrow(() -> notFound("subscription", subscriptionId));
        EntityTags.state(ctx, subscription.version(), answer.edition().toString());
        Json.write(ctx, 200, SubscriptionResponse.of(subscription));
    }

    private void activeCustomers(Context ctx) {
        var parameters = new Parameters(ctx);
        Optional<Bookmark<String>> after = parameters.cursor(Cursors::decodeCustomer);
        var query =
                new ListActiveCustomers(after.map(Bookmark::place), parameters.limit(DEFAULT_LIMIT, Page.MAX_LIMIT));
        var answer = queries.askIn(after.map(Bookmark::history), ctx, parameters, query);
        Json.write(ctx, 200, PageResponse.of(answer, ActiveCustomerResponse::of, Cursors::encode));
    }

    /** Stops the feeds of the event streams. The streams must have ended before. */
    @Override
    public void close() {
        live.close();
    }

    static ProblemException notFound(String kind, String id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no " + kind + " " + id + ", or it is not visible yet.")
                .asException();
    }
}

package dev.diptych.api.read;

import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.live.LiveFeed;
import dev.diptych.api.live.LiveStream;
import dev.diptych.api.live.LiveView;
import dev.diptych.api.live.LiveView.Interest;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.list.ListOrderChanges;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.list.OrderListItem;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.orders.read.summary.GetOrderSummary;
import dev.diptych.core.orders.read.summary.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.Edition;
import dev.diptych.core.query.Page;
import dev.diptych.core.query.QueryBus;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * Serves orders as event streams: the current rows of their views, then each change. Thread-safe.
 */
final class LiveOrders implements AutoCloseable {

    /** Matches no row: its answer contains only the checkpoint of the list. */
    private static final ListOrderChanges CHECKPOINT_ONLY = new ListOrderChanges(Long.MAX_VALUE, 1);

    private final QueryBus queries;
    private final FreshQueries fresh;
    private final CheckpointWatch watch;
    private final EventStreams streams;
    private final LiveView<OrderSummary> summaries;
    private final LiveView<OrderListItem> list;
    private final LiveFeed<OrderSummary> summaryFeed;
    private final LiveFeed<OrderListItem> listFeed;

    LiveOrders(QueryBus queries, FreshQueries fresh, CheckpointWatch watch, EventStreams streams) {
        this.queries = queries;
        this.fresh = fresh;
        this.watch = watch;
        this.streams = streams;
        this.summaries = new LiveView<>(
                OrderSummaryProjection.NAME,
                after -> queries.ask(new ListOrderSummaryChanges(after, LiveView.PAGE)),
                OrderSummary::orderId,
                OrderSummary::position,
                OrderResponse::of,
                order -> new GoneResponse(order.orderId()));
        this.list = new LiveView<>(
                OrderListProjection.NAME,
                after -> queries.ask(new ListOrderChanges(after, LiveView.PAGE)),
                OrderListItem::orderId,
                OrderListItem::position,
                OrderListItemResponse::of,
                order -> new GoneResponse(order.orderId()));
        this.summaryFeed = new LiveFeed<>(summaries, watch);
        this.listFeed = new LiveFeed<>(list, watch);
    }

    void start() {
        summaryFeed.start();
        listFeed.start();
    }

    /** An order that is no longer in the list, as JSON. */
    private record GoneResponse(String orderId) {}

    void order(Context ctx) {
        var query = new GetOrderSummary(ctx.pathParam("order_id"));
        var parameters = new Parameters(ctx);
        Optional<Place> last = Places.lastEventId(ctx, parameters);
        Answer<Optional<OrderSummary>> now = fresh.ask(ctx, parameters, query);
        if (now.value().isEmpty()) {
            throw ReadRoutes.notFound("order", query.orderId());
        }
        serve(
                ctx,
                new LiveStream.Request<>(
                        summaries,
                        after -> queries.ask(query)
                                .map(order -> order.filter(row -> row.position() > after).stream()
                                        .toList()),
                        summaryFeed,
                        order -> order.orderId().equals(query.orderId()) ? Interest.SHOWN : Interest.NONE,
                        none -> queries.ask(query)
                                .map(order -> new Page<>(order.stream().toList(), false))),
                last,
                now.rowsUpTo());
    }

    void orders(Context ctx) {
        var parameters = new Parameters(ctx);
        Optional<Place> last = Places.lastEventId(ctx, parameters);
        Optional<String> customer = parameters.id("customer_id");
        Optional<OrderStatus> status = parameters.oneOf("status", OrderStatus.class);
        int limit = parameters.limit(Integer.MAX_VALUE, Page.MAX_LIMIT);
        var query = new ListOrders(customer, status, Optional.empty(), Math.min(limit, Page.MAX_LIMIT));
        Place now = fresh.ask(ctx, parameters, CHECKPOINT_ONLY).rowsUpTo();
        serve(
                ctx,
                new LiveStream.Request<>(
                        list,
                        list.changes(),
                        listFeed,
                        order -> interestIn(order, query),
                        after -> page(query, after, limit == Integer.MAX_VALUE)),
                last,
                now);
    }

    private static Interest interestIn(OrderListItem order, ListOrders query) {
        if (query.matches(order)) {
            return Interest.SHOWN;
        }
        return query.mayHaveMatched(order) ? Interest.GONE : Interest.NONE;
    }

    private Answer<Page<OrderListItem>> page(ListOrders query, Optional<OrderListItem> after, boolean all) {
        return queries.ask(new ListOrders(
                        query.customerId(), query.status(), after.map(ListOrders.Cursor::of), query.limit()))
                .map(page -> all ? page : new Page<>(page.items(), false));
    }

    /** Serves a stream. A client whose last event is of another edition receives a reset and all rows. */
    private <R> void serve(Context ctx, LiveStream.Request<R> request, Optional<Place> last, Place now) {
        Edition present = Edition.of(now.history());
        Optional<Place> known = last.filter(
                place -> place.history().equals(now.history()) || present.precedes(Edition.of(place.history())));
        streams.serve(ctx, out -> {
            try {
                new LiveStream<>(request, watch, out, known.orElse(now))
                        .run(known.isEmpty(), last.isPresent() && known.isEmpty());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Stops the feeds. The streams must have ended before. */
    @Override
    public void close() {
        summaryFeed.close();
        listFeed.close();
    }
}

package dev.diptych.api.read;

import dev.diptych.api.http.EventStream;
import dev.diptych.api.http.EventStreams;
import dev.diptych.api.http.Headers;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.read.LiveView.Interest;
import dev.diptych.core.bus.Page;
import dev.diptych.core.bus.QueryBus;
import dev.diptych.core.orders.read.GetOrderSummary;
import dev.diptych.core.orders.read.ListOrderChanges;
import dev.diptych.core.orders.read.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.ListOrders;
import dev.diptych.core.orders.read.OrderListItem;
import dev.diptych.core.orders.read.OrderListProjection;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.OrderSummary;
import dev.diptych.core.orders.read.OrderSummaryProjection;
import dev.diptych.core.projection.CheckpointWatch;
import dev.diptych.core.projection.Checkpoints.Progress;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Orders as streams of events: the rows of their read models, now and whenever they change. Safe for use by many threads.
 */
final class LiveOrders implements AutoCloseable {

    private static final String HEADER = "Last-Event-ID";
    private static final String PARAMETER = "last_event_id";

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
                OrderView::of,
                order -> new GoneView(order.orderId()));
        this.list = new LiveView<>(
                OrderListProjection.NAME,
                after -> queries.ask(new ListOrderChanges(after, LiveView.PAGE)),
                OrderListItem::orderId,
                OrderListItem::position,
                OrderListView::of,
                order -> new GoneView(order.orderId()));
        this.summaryFeed = new LiveFeed<>(summaries, watch);
        this.listFeed = new LiveFeed<>(list, watch);
    }

    void start() {
        summaryFeed.start();
        listFeed.start();
    }

    /** An order that is no longer in the list, as JSON. */
    private record GoneView(String orderId) {}

    void order(Context ctx) {
        var query = new GetOrderSummary(ctx.pathParam("order_id"));
        var parameters = new Parameters(ctx);
        Optional<Long> last = lastEventId(ctx, parameters);
        Progress progress = fresh.waitFor(ctx, parameters, query.projection());
        requireNotAhead(ctx, last, progress);
        if (queries.ask(query).isEmpty()) {
            throw ReadRoutes.notFound("order", query.orderId());
        }
        serve(
                ctx,
                new Request<>(
                        summaries,
                        after -> queries.ask(query).filter(order -> order.position() > after).stream()
                                .toList(),
                        summaryFeed,
                        order -> order.orderId().equals(query.orderId()) ? Interest.SHOWN : Interest.NONE,
                        row -> queries.ask(query).ifPresent(row)),
                last,
                progress);
    }

    void orders(Context ctx) {
        var parameters = new Parameters(ctx);
        Optional<Long> last = lastEventId(ctx, parameters);
        Optional<String> customer = parameters.id("customer_id");
        Optional<OrderStatus> status = parameters.oneOf("status", OrderStatus.class);
        int limit = parameters.limit(Integer.MAX_VALUE, ListOrders.MAX_LIMIT);
        var query = new ListOrders(customer, status, Optional.empty(), Math.min(limit, ListOrders.MAX_LIMIT));
        Progress progress = fresh.waitFor(ctx, parameters, query.projection());
        requireNotAhead(ctx, last, progress);
        serve(
                ctx,
                new Request<>(
                        list,
                        list.changes(),
                        listFeed,
                        order -> interestIn(order, query),
                        row -> forEach(query, limit == Integer.MAX_VALUE, row)),
                last,
                progress);
    }

    private static Interest interestIn(OrderListItem order, ListOrders query) {
        if (query.matches(order)) {
            return Interest.SHOWN;
        }
        return query.mayHaveMatched(order) ? Interest.GONE : Interest.NONE;
    }

    private void forEach(ListOrders query, boolean all, Consumer<OrderListItem> row) {
        Page<OrderListItem> page = queries.ask(query);
        page.items().forEach(row);
        while (all && page.more()) {
            var place = ListOrders.Cursor.of(page.items().getLast());
            page = queries.ask(new ListOrders(query.customerId(), query.status(), Optional.of(place), query.limit()));
            page.items().forEach(row);
        }
    }

    /** From the header, which a client sends when it comes again, or else from the parameter. */
    private static Optional<Long> lastEventId(Context ctx, Parameters parameters) {
        Optional<Long> parameter = parameters.position(PARAMETER);
        return Headers.one(ctx, HEADER)
                .map(text ->
                        Parameters.positionIn(text).orElseThrow(() -> Headers.invalid(HEADER, Parameters.POSITION)))
                .or(() -> parameter);
    }

    private static void requireNotAhead(Context ctx, Optional<Long> last, Progress progress) {
        if (last.isPresent() && progress.head().isPresent() && progress.head().getAsLong() < last.get()) {
            String why = "is ahead of everything that has been written; begin without it";
            throw Headers.one(ctx, HEADER).isPresent()
                    ? Headers.invalid(HEADER, why)
                    : Parameters.invalid(PARAMETER, why);
        }
    }

    private record Request<R>(
            LiveView<R> view,
            LongFunction<List<R>> changes,
            LiveFeed<R> feed,
            Function<R, Interest> interest,
            Consumer<Consumer<R>> current) {}

    private <R> void serve(Context ctx, Request<R> request, Optional<Long> last, Progress progress) {
        FreshQueries.state(ctx, progress.of(request.view().projection()));
        long from = last.orElse(progress.of(request.view().projection()));
        streams.serve(ctx, out -> feed(out, request, from, last.isEmpty()));
    }

    private <R> void feed(EventStream out, Request<R> request, long from, boolean all) {
        try {
            var stream = new LiveStream<>(
                    request.view(),
                    request.changes(),
                    request.feed(),
                    watch,
                    new Follower<>(request.interest(), from),
                    out,
                    from);
            if (all) {
                stream.tellCurrent(request.current());
            }
            stream.follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what feeds the streams, which are to be ended before. */
    @Override
    public void close() {
        summaryFeed.close();
        listFeed.close();
    }
}

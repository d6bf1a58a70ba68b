package dev.diptych.api.write;

import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.Fields;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.eventstore.Text;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.CancelSubscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.ChangePlan;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The routes for commands. Each parses the request body and dispatches a command to the bus; the domain rules are
 * checked behind the bus. Thread-safe.
 */
public final class WriteRoutes {

    private final CommandBus commands;
    private final InstantSource clock;

    /**
     * Creates the routes.
     *
     * @param commands the bus that runs the commands
     * @param clock the clock for the times in the commands
     */
    public WriteRoutes(CommandBus commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** Adds the routes. */
    public void add(Routes.Group routes) {
        post(routes, "/orders", this::placeOrder);
        post(routes, "/orders/{order_id}/pay", this::payOrder);
        post(routes, "/orders/{order_id}/ship", this::shipOrder);
        post(routes, "/orders/{order_id}/cancel", this::cancelOrder);
        post(routes, "/subscriptions", this::startSubscription);
        post(routes, "/subscriptions/{subscription_id}/change-plan", this::changePlan);
        post(routes, "/subscriptions/{subscription_id}/cancel", this::cancelSubscription);
    }

    /** Rejects parameters, because no command has any. */
    private static void post(Routes.Group routes, String path, Handler handler) {
        routes.post(path, ctx -> {
            CommandHeaders.correlate(ctx);
            new Parameters(ctx).check();
            handler.handle(ctx);
        });
    }

    private void placeOrder(Context ctx) {
        Fields body = Body.required(ctx);
        String orderId = body.optionalId("order_id").orElseGet(WriteRoutes::newId);
        String customerId = body.id("customer_id");
        List<OrderItem> items = body.list("items", 1, PlaceOrder.MAX_ITEMS, WriteRoutes::item);
        body.distinct("items", "sku", items, OrderItem::sku);
        body.check();
        dispatch(ctx, body, new PlaceOrder(orderId, customerId, items, clock.instant()));
    }

    private static OrderItem item(Fields item) {
        String sku = item.id("sku");
        int quantity = item.integer("quantity", 1, PlaceOrder.MAX_QUANTITY);
        Money unitPrice = item.money("unit_price", PlaceOrder.MAX_UNIT_PRICE);
        return new OrderItem(sku, quantity, unitPrice);
    }

    private void payOrder(Context ctx) {
        String orderId = id(ctx, "order");
        Fields body = Body.required(ctx);
        Money amount = body.money("amount", PayOrder.MAX_AMOUNT);
        body.check();
        dispatch(ctx, body, new PayOrder(orderId, amount, clock.instant()));
    }

    private void shipOrder(Context ctx) {
        String orderId = id(ctx, "order");
        Fields body = Body.optional(ctx);
        body.check();
        dispatch(ctx, body, new ShipOrder(orderId, clock.instant()));
    }

    private void cancelOrder(Context ctx) {
        String orderId = id(ctx, "order");
        Fields body = Body.required(ctx);
        String reason = body.text("reason", CancelOrder.MAX_REASON);
        body.check();
        dispatch(ctx, body, new CancelOrder(orderId, reason, clock.instant()));
    }

    private void startSubscription(Context ctx) {
        Fields body = Body.required(ctx);
        String subscriptionId = body.optionalId("subscription_id").orElseGet(WriteRoutes::newId);
        String customerId = body.id("customer_id");
        String plan = body.text("plan", StartSubscription.MAX_PLAN);
        Money monthlyPrice = body.money("monthly_price", StartSubscription.MAX_MONTHLY_PRICE);
        body.check();
        dispatch(ctx, body, new StartSubscription(subscriptionId, customerId, plan, monthlyPrice, clock.instant()));
    }

    private void changePlan(Context ctx) {
        String subscriptionId = id(ctx, "subscription");
        Fields body = Body.required(ctx);
        String plan = body.text("plan", StartSubscription.MAX_PLAN);
        Money monthlyPrice = body.money("monthly_price", StartSubscription.MAX_MONTHLY_PRICE);
        body.check();
        dispatch(ctx, body, new ChangePlan(subscriptionId, plan, monthlyPrice, clock.instant()));
    }

    private void cancelSubscription(Context ctx) {
        String subscriptionId = id(ctx, "subscription");
        Fields body = Body.required(ctx);
        String reason = body.text("reason", CancelSubscription.MAX_REASON);
        body.check();
        dispatch(ctx, body, new CancelSubscription(subscriptionId, reason, clock.instant()));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static String id(Context ctx, String kind) {
        String id = ctx.pathParam(kind + "_id");
        if (!Text.ID.matcher(id).matches()) {
            throw CommandAnswer.notFound(kind, id).asException();
        }
        return id;
    }

    /** Returns the path for the request's fingerprint, without percent-encoding or a trailing slash. */
    private static String target(Context ctx) {
        String path = ctx.endpoint().path;
        for (Map.Entry<String, String> each : ctx.pathParamMap().entrySet()) {
            path = path.replace("{" + each.getKey() + "}", each.getValue());
        }
        return path;
    }

    private void dispatch(Context ctx, Fields body, Command command) {
        CommandContext context = CommandHeaders.context(ctx, () -> body.digest(ctx.method() + " " + target(ctx)));
        CommandAnswer.write(ctx, commands.dispatch(command, context), context);
    }
}

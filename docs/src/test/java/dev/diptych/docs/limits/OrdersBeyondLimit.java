package dev.diptych.docs.limits;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.command.Command;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.docs.limits.OrdersBeyondLimit.OpenOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a customer has more than {@value #LIMIT} open orders, cancel the newest. One item for each customer. */
final class OrdersBeyondLimit implements Automation<OrderEvent, OpenOrders> {

    static final int LIMIT = 2;

    /** Within the limit, nothing is due. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    record OpenOrders(List<String> orderIds) {

        OpenOrders with(String orderId) {
            var all = new ArrayList<>(orderIds);
            all.add(orderId);
            return new OpenOrders(List.copyOf(all));
        }

        OpenOrders without(String orderId) {
            return new OpenOrders(
                    orderIds.stream().filter(each -> !each.equals(orderId)).toList());
        }
    }

    @Override
    public String name() {
        return "orders-beyond-limit";
    }

    @Override
    public Class<OrderEvent> eventType() {
        return OrderEvent.class;
    }

    @Override
    public boolean concerns(String category) {
        return category.equals(OrderEvent.CATEGORY);
    }

    @Override
    public Set<String> keysOf(OrderEvent event) {
        return Set.of(event.customerId());
    }

    @Override
    public @Nullable Task<OpenOrders> evolve(String customerId, @Nullable Task<OpenOrders> task, OrderEvent event) {
        OpenOrders open = task == null ? new OpenOrders(List.of()) : task.what();
        return switch (event) {
            case OrderPlaced e -> task(open.with(e.orderId()), e.placedAt());
            case OrderShipped e -> task(open.without(e.orderId()), e.shippedAt());
            case OrderCancelled e -> task(open.without(e.orderId()), e.cancelledAt());
            default -> task; // the order stays open
        };
    }

    private static @Nullable Task<OpenOrders> task(OpenOrders open, Instant at) {
        List<String> ids = open.orderIds();
        return ids.isEmpty()
                ? null
                : new Task<>(OrderEvent.CATEGORY + "-" + ids.getLast(), ids.size() > LIMIT ? at : NEVER, open);
    }

    @Override
    public Command command(Item<OpenOrders> item, Instant now) {
        return new CancelOrder(item.task().what().orderIds().getLast(), "more than two open orders", now);
    }
}

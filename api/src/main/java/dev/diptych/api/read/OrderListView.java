package dev.diptych.api.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.list.OrderListItem;
import java.time.Instant;

/** An order in a list, as JSON. */
record OrderListView(
        String orderId,
        String customerId,
        String status,
        int itemCount,
        Money total,
        Instant placedAt,
        Instant updatedAt,
        long version) {

    static OrderListView of(OrderListItem order) {
        return new OrderListView(
                order.orderId(),
                order.customerId(),
                OrderView.name(order.status()),
                order.itemCount(),
                order.total(),
                order.placedAt(),
                order.updatedAt(),
                order.version());
    }
}

package dev.diptych.api.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.list.OrderListItem;
import java.time.Instant;

/** An order in a list, as JSON. */
record OrderListItemResponse(
        String orderId,
        String customerId,
        String status,
        int itemCount,
        Money total,
        Instant placedAt,
        Instant updatedAt,
        long version) {

    static OrderListItemResponse of(OrderListItem order) {
        return new OrderListItemResponse(
                order.orderId(),
                order.customerId(),
                OrderResponse.name(order.status()),
                order.itemCount(),
                order.total(),
                order.placedAt(),
                order.updatedAt(),
                order.version());
    }
}

package dev.diptych.api.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.summary.OrderSummary;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An order, as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderResponse(
        String orderId,
        String customerId,
        String status,
        List<OrderItem> items,
        Money total,
        @Nullable String cancelReason,
        Instant placedAt,
        Instant updatedAt,
        long version) {

    static OrderResponse of(OrderSummary order) {
        return new OrderResponse(
                order.orderId(),
                order.customerId(),
                name(order.status()),
                order.items(),
                order.total(),
                order.cancelReason(),
                order.placedAt(),
                order.updatedAt(),
                order.version());
    }

    static String name(OrderStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}

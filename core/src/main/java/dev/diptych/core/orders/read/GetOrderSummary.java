package dev.diptych.core.orders.read;

import dev.diptych.core.bus.Query;
import java.util.Optional;

/**
 * All about one order.
 *
 * @param orderId which order
 */
public record GetOrderSummary(String orderId) implements Query<Optional<OrderSummary>> {

    @Override
    public String projection() {
        return OrderSummaryProjection.NAME;
    }
}

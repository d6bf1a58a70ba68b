package dev.diptych.core.orders.read.summary;

import dev.diptych.core.query.Query;
import java.util.Optional;

/**
 * Gets the details of one order.
 *
 * @param orderId the id of the order
 */
public record GetOrderSummary(String orderId) implements Query<Optional<OrderSummary>> {

    @Override
    public String projection() {
        return OrderSummaryProjection.NAME;
    }
}

package dev.diptych.core.orders.write;

import dev.diptych.core.bus.Require;
import java.time.Instant;

/**
 * Send an order on its way.
 *
 * @param shippedAt when
 */
public record ShipOrder(String orderId, Instant shippedAt) implements OrderCommand {

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when the id is malformed
     */
    public ShipOrder {
        Require.id("order id", orderId);
    }
}

package dev.diptych.core.orders.write;

import dev.diptych.core.bus.Require;
import java.time.Instant;

/**
 * Call an order off.
 *
 * @param reason why, 1 to {@value #MAX_REASON} characters
 * @param cancelledAt when
 */
public record CancelOrder(String orderId, String reason, Instant cancelledAt) implements OrderCommand {

    /** The most characters of a reason. */
    public static final int MAX_REASON = 500;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when the id is malformed, or the reason blank or too long
     */
    public CancelOrder {
        Require.id("order id", orderId);
        Require.text("reason", reason, MAX_REASON);
    }
}

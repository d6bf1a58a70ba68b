package dev.diptych.core.orders.read;

import java.util.Optional;

/** Where the rows of {@link OrderSummaryProjection} are read. Implementations are safe for use by many threads. */
public interface OrderSummaries {

    /** The row of one order; empty when there is none, or none yet. */
    Optional<OrderSummary> find(String orderId);
}

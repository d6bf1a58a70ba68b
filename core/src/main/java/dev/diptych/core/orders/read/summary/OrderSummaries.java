package dev.diptych.core.orders.read.summary;

import dev.diptych.core.query.Answer;
import java.util.List;
import java.util.Optional;

/** Reads the rows of {@link OrderSummaryProjection}: a port that each store implements. Thread-safe. */
public interface OrderSummaries {

    /** Returns the row of an order; empty when the row does not exist, or not yet. */
    Answer<Optional<OrderSummary>> find(String orderId);

    /**
     * Returns the rows whose position is greater than the query's, in position order. A batch becomes visible
     * atomically; a client that has received a row has therefore received every change up to the row's position.
     */
    Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query);
}

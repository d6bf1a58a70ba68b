package dev.diptych.core.orders.read;

import dev.diptych.core.projection.Answer;
import java.util.List;
import java.util.Optional;

/** Where the rows of {@link OrderSummaryProjection} are read. Implementations are safe for use by many threads. */
public interface OrderSummaries {

    /** The row of one order; empty when there is none, or none yet. */
    Answer<Optional<OrderSummary>> find(String orderId);

    /**
     * The rows whose position is greater than the one that the query states, in the order of their positions. A batch is
     * seen as a whole or not at all; so whoever has been shown a row has been shown everything up to its position.
     */
    Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query);
}

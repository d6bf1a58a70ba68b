package dev.diptych.api.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.cancellations.Cancellation;
import java.time.Instant;
import java.util.List;

/** An order that was cancelled, in a list, as JSON. */
record CancellationResponse(String orderId, String customerId, Money total, String reason, Instant cancelledAt) {

    /** The whole list. */
    record Items(List<CancellationResponse> items) {}

    static Items of(List<Cancellation> rows) {
        return new Items(rows.stream()
                .map(row -> new CancellationResponse(
                        row.orderId(), row.customerId(), row.total(), row.reason(), row.cancelledAt()))
                .toList());
    }
}

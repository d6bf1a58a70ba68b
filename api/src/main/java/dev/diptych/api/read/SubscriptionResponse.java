package dev.diptych.api.read;

import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummary;
import java.time.Instant;
import java.util.Locale;

/** A subscription, as JSON. */
record SubscriptionResponse(
        String subscriptionId,
        String customerId,
        String plan,
        Money monthlyPrice,
        String status,
        Instant startedAt,
        long version) {

    static SubscriptionResponse of(SubscriptionSummary subscription) {
        return new SubscriptionResponse(
                subscription.subscriptionId(),
                subscription.customerId(),
                subscription.plan(),
                subscription.monthlyPrice(),
                subscription.status().name().toLowerCase(Locale.ROOT),
                subscription.startedAt(),
                subscription.version());
    }
}

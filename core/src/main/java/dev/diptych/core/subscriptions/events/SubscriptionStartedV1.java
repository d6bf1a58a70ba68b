package dev.diptych.core.subscriptions.events;

import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * How {@link SubscriptionStarted} was stored at first, with the price as a whole number of cents. It is no longer
 * written and no part of {@link SubscriptionEvent}: neither side ever sees it. What has been stored in this shape stays
 * stored, so the record stays here and never changes.
 *
 * @param monthlyPriceCents what a month costs, in hundredths
 */
public record SubscriptionStartedV1(
        String subscriptionId, String customerId, String plan, long monthlyPriceCents, Instant startedAt) {

    /** The same fact in the shape of today. */
    public SubscriptionStarted upcast() {
        var monthlyPrice = new Money(BigDecimal.valueOf(monthlyPriceCents, 2));
        return new SubscriptionStarted(subscriptionId, customerId, plan, monthlyPrice, startedAt);
    }
}

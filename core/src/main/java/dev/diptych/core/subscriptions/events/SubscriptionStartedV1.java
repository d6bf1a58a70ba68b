package dev.diptych.core.subscriptions.events;

import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Schema version 1 of {@link SubscriptionStarted}, with the price as a whole number of cents. It is read but no longer
 * written. It does not implement {@link SubscriptionEvent}, because only the codec uses it. Stored events keep this
 * schema, so this record must never change.
 *
 * @param monthlyPriceCents the price of one month, in cents
 */
public record SubscriptionStartedV1(
        String subscriptionId, String customerId, String plan, long monthlyPriceCents, Instant startedAt) {

    /** Converts the event to the current schema version. */
    public SubscriptionStarted upcast() {
        var monthlyPrice = new Money(BigDecimal.valueOf(monthlyPriceCents, 2));
        return new SubscriptionStarted(subscriptionId, customerId, plan, monthlyPrice, startedAt);
    }
}

package dev.diptych.core.subscriptions.read.summary;

import dev.diptych.core.money.Money;
import dev.diptych.core.subscriptions.read.SubscriptionStatus;
import java.time.Instant;

/**
 * The details of one subscription: a row of the read model behind {@link GetSubscriptionSummary}.
 *
 * @param plan the name of the current plan
 * @param monthlyPrice the current price of one month
 * @param startedAt when the subscription was started
 * @param version the version of the subscription's stream that this row reflects
 * @param position the position that this row reflects
 */
public record SubscriptionSummary(
        String subscriptionId,
        String customerId,
        String plan,
        Money monthlyPrice,
        SubscriptionStatus status,
        Instant startedAt,
        long version,
        long position) {

    SubscriptionSummary under(String newPlan, Money newPrice, long newVersion, long newPosition) {
        return new SubscriptionSummary(
                subscriptionId, customerId, newPlan, newPrice, status, startedAt, newVersion, newPosition);
    }

    SubscriptionSummary cancelled(long newVersion, long newPosition) {
        return new SubscriptionSummary(
                subscriptionId,
                customerId,
                plan,
                monthlyPrice,
                SubscriptionStatus.CANCELLED,
                startedAt,
                newVersion,
                newPosition);
    }
}

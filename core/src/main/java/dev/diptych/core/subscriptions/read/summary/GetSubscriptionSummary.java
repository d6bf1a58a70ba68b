package dev.diptych.core.subscriptions.read.summary;

import dev.diptych.core.query.Query;
import java.util.Optional;

/**
 * Gets the details of one subscription.
 *
 * @param subscriptionId the id of the subscription
 */
public record GetSubscriptionSummary(String subscriptionId) implements Query<Optional<SubscriptionSummary>> {

    @Override
    public String projection() {
        return SubscriptionSummaryProjection.NAME;
    }
}

package dev.diptych.core.subscriptions.read;

import dev.diptych.core.bus.Query;
import java.util.Optional;

/**
 * All about one subscription.
 *
 * @param subscriptionId which subscription
 */
public record GetSubscriptionSummary(String subscriptionId) implements Query<Optional<SubscriptionSummary>> {

    @Override
    public String projection() {
        return SubscriptionSummaryProjection.NAME;
    }
}

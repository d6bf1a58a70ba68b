package dev.diptych.core.subscriptions.write;

import dev.diptych.core.bus.Require;
import java.time.Instant;

/**
 * End a subscription.
 *
 * @param reason why, 1 to {@value #MAX_REASON} characters
 * @param cancelledAt when
 */
public record CancelSubscription(String subscriptionId, String reason, Instant cancelledAt)
        implements SubscriptionCommand {

    /** The most characters of a reason. */
    public static final int MAX_REASON = 500;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when the id is malformed, or the reason blank or too long
     */
    public CancelSubscription {
        Require.id("subscription id", subscriptionId);
        Require.text("reason", reason, MAX_REASON);
    }
}

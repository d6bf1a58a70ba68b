package dev.diptych.core.subscriptions.write;

import dev.diptych.core.bus.Require;
import dev.diptych.core.money.Money;
import java.time.Instant;

/**
 * Go on with a subscription under other terms.
 *
 * @param plan the name of what to subscribe to from now on, with the limits of {@link StartSubscription}
 * @param monthlyPrice what a month costs from now on, with the limits of {@link StartSubscription}
 * @param changedAt when
 */
public record ChangePlan(String subscriptionId, String plan, Money monthlyPrice, Instant changedAt)
        implements SubscriptionCommand {

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when the id is malformed, the plan blank or too long, or the price out of range
     */
    public ChangePlan {
        Require.id("subscription id", subscriptionId);
        Require.text("plan", plan, StartSubscription.MAX_PLAN);
        Require.range("monthly price", monthlyPrice, Money.ZERO, StartSubscription.MAX_MONTHLY_PRICE);
    }
}

package dev.diptych.core.subscriptions.write;

import dev.diptych.core.bus.Require;
import dev.diptych.core.money.Money;
import java.time.Instant;

/**
 * Subscribe to something.
 *
 * @param subscriptionId an id that the customer chose, or that was made for it
 * @param customerId who subscribes
 * @param plan the name of what to subscribe to, 1 to {@value #MAX_PLAN} characters
 * @param monthlyPrice what a month costs
 * @param startedAt when
 */
public record StartSubscription(
        String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant startedAt)
        implements SubscriptionCommand {

    /** The most characters of a plan's name. */
    public static final int MAX_PLAN = 100;

    /** The highest price of one month; the lowest is nothing. */
    public static final Money MAX_MONTHLY_PRICE = Money.of("1000000");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when an id is malformed, the plan blank or too long, or the price out of range
     */
    public StartSubscription {
        Require.id("subscription id", subscriptionId);
        Require.id("customer id", customerId);
        Require.text("plan", plan, MAX_PLAN);
        Require.range("monthly price", monthlyPrice, Money.ZERO, MAX_MONTHLY_PRICE);
    }
}

package dev.diptych.core.subscriptions.events;

import dev.diptych.core.money.Money;
import java.time.Instant;

/**
 * The events of a subscription. Every event carries the customer's id, so that a view over customers can derive its key
 * from the event alone.
 */
public sealed interface SubscriptionEvent {

    /** The category of the streams of subscriptions. */
    String CATEGORY = "subscription";

    /** The id of the subscription. */
    String subscriptionId();

    /** The id of the subscription's customer. */
    String customerId();

    /**
     * The subscription was started.
     *
     * @param plan the name of the plan
     * @param monthlyPrice the price of one month
     */
    record SubscriptionStarted(
            String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant startedAt)
            implements SubscriptionEvent {}

    /**
     * The subscription's plan, its price, or both were changed.
     *
     * @param plan the name of the new plan
     * @param monthlyPrice the new price of one month
     */
    record SubscriptionPlanChanged(
            String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant changedAt)
            implements SubscriptionEvent {}

    /**
     * Another month of the subscription began.
     *
     * @param plan the name of the plan in that month
     * @param monthlyPrice the price of that month
     * @param month the number of the month, from 2; the first began with the start
     */
    record SubscriptionRenewed(
            String subscriptionId, String customerId, String plan, Money monthlyPrice, int month, Instant renewedAt)
            implements SubscriptionEvent {}

    /**
     * The subscription was cancelled.
     *
     * @param reason the reason, as stated in the command
     */
    record SubscriptionCancelled(String subscriptionId, String customerId, String reason, Instant cancelledAt)
            implements SubscriptionEvent {}
}

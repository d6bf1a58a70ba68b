package dev.diptych.core.subscriptions.events;

import dev.diptych.core.money.Money;
import java.time.Instant;

/**
 * What has happened to a subscription. Every event carries the customer's id, so that a view over customers finds its
 * key in the event alone.
 */
public sealed interface SubscriptionEvent {

    /** Which subscription. */
    String subscriptionId();

    /** Whose subscription. */
    String customerId();

    /**
     * A customer has subscribed.
     *
     * @param plan the name of what is subscribed to
     * @param monthlyPrice what a month of it costs
     */
    record SubscriptionStarted(
            String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant startedAt)
            implements SubscriptionEvent {}

    /**
     * The subscription goes on under other terms.
     *
     * @param plan the name of what is subscribed to from now on
     * @param monthlyPrice what a month of it costs from now on
     */
    record SubscriptionPlanChanged(
            String subscriptionId, String customerId, String plan, Money monthlyPrice, Instant changedAt)
            implements SubscriptionEvent {}

    /**
     * The subscription has ended.
     *
     * @param reason why, in the words of whoever cancelled it
     */
    record SubscriptionCancelled(String subscriptionId, String customerId, String reason, Instant cancelledAt)
            implements SubscriptionEvent {}
}

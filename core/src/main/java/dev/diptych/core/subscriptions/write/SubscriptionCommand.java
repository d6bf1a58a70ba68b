package dev.diptych.core.subscriptions.write;

import dev.diptych.core.bus.Command;

/** What can be asked of a subscription. Times are arguments, as with orders. */
public sealed interface SubscriptionCommand extends Command permits StartSubscription, ChangePlan, CancelSubscription {

    /** Which subscription. */
    String subscriptionId();
}

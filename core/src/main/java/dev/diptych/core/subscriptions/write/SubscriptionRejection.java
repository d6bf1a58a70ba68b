package dev.diptych.core.subscriptions.write;

import dev.diptych.core.command.Rejection;
import dev.diptych.core.command.Rule;

/** The rejections of subscription commands, one for each rule. */
public sealed interface SubscriptionRejection extends Rejection {

    /** A subscription is started once. */
    @Rule(
            code = "subscription-started-differently",
            title = "The subscription has been started differently",
            meaning = "A subscription with this id exists, with another customer, plan or price.",
            remedy = "Use another id, or change the plan of the existing subscription.")
    record StartedDifferently(String subscriptionId) implements SubscriptionRejection {
        @Override
        public String message() {
            return "Subscription " + subscriptionId
                    + " has been started already, with another customer, plan or price. "
                    + "Use another id, or change the plan of the existing subscription.";
        }
    }

    /** A cancelled subscription stays cancelled. */
    @Rule(
            code = "subscription-cancelled",
            title = "The subscription has been cancelled",
            meaning = "A cancelled subscription stays cancelled.",
            remedy = "Start a new subscription instead.")
    record Cancelled(String subscriptionId, String reason) implements SubscriptionRejection {
        @Override
        public String message() {
            return "Subscription " + subscriptionId + " has been cancelled (" + reason
                    + "). Start a new subscription instead.";
        }
    }
}

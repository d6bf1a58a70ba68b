package dev.diptych.core.subscriptions.write;

import dev.diptych.core.command.Rejection;
import dev.diptych.core.command.Rule;
import java.time.Instant;

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

    /** A month begins when the one before it has ended. */
    @Rule(
            code = "subscription-not-due",
            title = "The subscription is not due for renewal",
            meaning = "Months of a subscription begin one after another, a month apart.",
            remedy = "Renew it for its next month, from the time that the detail names.")
    record NotDue(String subscriptionId, int nextMonth, Instant nextAt) implements SubscriptionRejection {
        @Override
        public String message() {
            return "Subscription " + subscriptionId + " can be renewed for month " + nextMonth + " from " + nextAt
                    + ". Renew it then.";
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

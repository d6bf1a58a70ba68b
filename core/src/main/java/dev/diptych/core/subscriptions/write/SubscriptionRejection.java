package dev.diptych.core.subscriptions.write;

import dev.diptych.core.bus.Rejection;

/** Every rule of a subscription that can stand in the way of a command. */
public sealed interface SubscriptionRejection extends Rejection {

    /** A subscription is started once. */
    record StartedDifferently(String subscriptionId) implements SubscriptionRejection {
        @Override
        public String code() {
            return "subscription-started-differently";
        }

        @Override
        public String message() {
            return "Subscription " + subscriptionId
                    + " has been started already, with another customer, plan or price. "
                    + "Start this one under an id of its own, or change the plan of that one.";
        }
    }

    /** A cancelled subscription stays cancelled. */
    record Cancelled(String subscriptionId, String reason) implements SubscriptionRejection {
        @Override
        public String code() {
            return "subscription-cancelled";
        }

        @Override
        public String message() {
            return "Subscription " + subscriptionId + " has been cancelled (" + reason
                    + "). Start a new subscription instead.";
        }
    }
}

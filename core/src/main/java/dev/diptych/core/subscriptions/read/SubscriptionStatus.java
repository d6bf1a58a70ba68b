package dev.diptych.core.subscriptions.read;

/** The status of a subscription on the read side. */
public enum SubscriptionStatus {
    /** Started, not cancelled. */
    RUNNING,
    /** Cancelled. */
    CANCELLED
}

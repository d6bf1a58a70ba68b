package dev.diptych.core.subscriptions.read;

/** Where a subscription stands, as its readers see it. */
public enum SubscriptionStatus {
    /** Started, and not cancelled. */
    RUNNING,
    /** Ended. */
    CANCELLED
}

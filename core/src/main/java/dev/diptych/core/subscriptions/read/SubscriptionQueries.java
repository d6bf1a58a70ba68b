package dev.diptych.core.subscriptions.read;

import dev.diptych.core.bus.DirectQueryBus;

/** Who answers the queries about subscriptions. */
public final class SubscriptionQueries {

    private SubscriptionQueries() {}

    /** Registers the handler. */
    public static void register(DirectQueryBus.Builder bus, SubscriptionSummaries summaries) {
        bus.register(GetSubscriptionSummary.class, query -> summaries.find(query.subscriptionId()));
    }
}

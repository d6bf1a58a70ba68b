package dev.diptych.core.subscriptions.read;

import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.Views;
import dev.diptych.core.subscriptions.read.summary.GetSubscriptionSummary;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;

/** The views of subscriptions: a port that each store implements. Implementations are thread-safe. */
public interface SubscriptionViews extends Views {

    /** The details of each subscription. */
    SubscriptionSummaries summaries();

    @Override
    default void register(DirectQueryBus.Builder bus) {
        bus.register(GetSubscriptionSummary.class, query -> summaries().find(query.subscriptionId()));
    }
}

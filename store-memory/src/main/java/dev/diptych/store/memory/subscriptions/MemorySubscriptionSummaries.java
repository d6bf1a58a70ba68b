package dev.diptych.store.memory.subscriptions;

import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.SubscriptionSummary;
import dev.diptych.core.subscriptions.read.SubscriptionSummaryProjection;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;
import java.util.Optional;

/** Everything about each subscription, in memory. Safe for use by many threads. */
public final class MemorySubscriptionSummaries implements SubscriptionSummaries {

    private final MemoryReadModel<String, SubscriptionSummary> rows;

    /**
     * Without rows yet.
     *
     * @param history the one history of the events that they are made of
     */
    public MemorySubscriptionSummaries(String history) {
        rows = new MemoryReadModel<>(
                history,
                new SubscriptionSummaryProjection(),
                SubscriptionSummary::subscriptionId,
                Comparator.naturalOrder());
    }

    /** What keeps the rows up to date. */
    public ReadModelStore readModel() {
        return rows;
    }

    @Override
    public Answer<Optional<SubscriptionSummary>> find(String subscriptionId) {
        return rows.find(subscriptionId);
    }
}

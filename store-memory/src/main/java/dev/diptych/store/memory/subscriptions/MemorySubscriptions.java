package dev.diptych.store.memory.subscriptions;

import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummary;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaryProjection;
import dev.diptych.store.memory.MemoryReadModel;
import java.util.Comparator;
import java.util.List;

/** The views of subscriptions in memory. Thread-safe. */
public final class MemorySubscriptions implements SubscriptionViews {

    private final MemoryReadModel<String, SubscriptionSummary> summaries;

    /**
     * Creates views without rows.
     *
     * @param history the history of the event store
     */
    public MemorySubscriptions(String history) {
        summaries = new MemoryReadModel<>(
                history,
                new SubscriptionSummaryProjection(),
                SubscriptionSummary::subscriptionId,
                Comparator.naturalOrder());
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(summaries);
    }

    @Override
    public SubscriptionSummaries summaries() {
        return summaries::find;
    }
}

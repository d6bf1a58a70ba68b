package dev.diptych.store.memory.subscriptions;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.automation.DueRenewals;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;
import dev.diptych.core.subscriptions.automation.SubscriptionTodoLists;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummary;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaryProjection;
import dev.diptych.store.memory.MemoryReadModel;
import dev.diptych.store.memory.MemoryTodoList;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** The views and to-do lists of subscriptions in memory. Thread-safe. */
public final class MemorySubscriptions implements SubscriptionViews, SubscriptionTodoLists {

    private final MemoryReadModel<String, SubscriptionSummary> summaries;
    private final MemoryTodoList<DueRenewal> renewals;

    /**
     * Creates views without rows.
     *
     * @param history the history of the event store
     * @param clock the event store's clock
     */
    public MemorySubscriptions(String history, InstantSource clock) {
        summaries = new MemoryReadModel<>(
                history,
                new SubscriptionSummaryProjection(),
                SubscriptionSummary::subscriptionId,
                Comparator.naturalOrder());
        renewals = new MemoryTodoList<>(history, clock, new DueRenewals());
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(summaries, renewals.readModel());
    }

    @Override
    public SubscriptionSummaries summaries() {
        return summaries::find;
    }

    @Override
    public TodoList<DueRenewal> renewals() {
        return renewals;
    }
}

package dev.diptych.store.postgres.subscriptions;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.json.JsonText;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.automation.DueRenewals;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;
import dev.diptych.core.subscriptions.automation.SubscriptionTodoLists;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaryProjection;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import dev.diptych.store.postgres.readmodels.PostgresTodoList;
import java.util.List;

/** The views and to-do lists of subscriptions in PostgreSQL. Thread-safe. */
public final class PostgresSubscriptions implements SubscriptionViews, SubscriptionTodoLists {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("subscriptions", 1);

    private static final JsonText<DueRenewal> RENEWAL = StoredEvents.codec().textOf(DueRenewal.class);

    private final Database database;

    /**
     * Creates the views with the privileges of one role.
     *
     * @param database a reader's for queries, a projector's for read models
     */
    public PostgresSubscriptions(Database database) {
        this.database = database;
    }

    @Override
    public List<ReadModelStore> readModels() {
        return List.of(
                new PostgresReadModel<>(
                        database, new SubscriptionSummaryProjection(), PostgresSubscriptionSummaries.TABLE),
                renewals().readModel());
    }

    @Override
    public SubscriptionSummaries summaries() {
        return new PostgresSubscriptionSummaries(database);
    }

    @Override
    public PostgresTodoList<DueRenewal> renewals() {
        return new PostgresTodoList<>(database, new DueRenewals(), "due_renewals", RENEWAL);
    }
}

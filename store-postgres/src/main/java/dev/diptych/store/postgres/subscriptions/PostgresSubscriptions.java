package dev.diptych.store.postgres.subscriptions;

import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaryProjection;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.readmodels.PostgresReadModel;
import java.util.List;

/** The views of subscriptions in PostgreSQL. Thread-safe. */
public final class PostgresSubscriptions implements SubscriptionViews {

    /** The required schema version. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("subscriptions", 1);

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
        return List.of(new PostgresReadModel<>(
                database, new SubscriptionSummaryProjection(), PostgresSubscriptionSummaries.TABLE));
    }

    @Override
    public SubscriptionSummaries summaries() {
        return new PostgresSubscriptionSummaries(database);
    }
}

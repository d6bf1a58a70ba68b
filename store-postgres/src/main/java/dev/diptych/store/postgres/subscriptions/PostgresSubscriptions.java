package dev.diptych.store.postgres.subscriptions;

import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaryProjection;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.PostgresSchema;
import java.util.List;

/** The views of subscriptions, in PostgreSQL. Safe for use by many threads. */
public final class PostgresSubscriptions implements SubscriptionViews {

    /** The migrations that the views need. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("subscriptions", 1);

    private final Database database;

    /**
     * The views with the rights of one role.
     *
     * @param database a reader's for the answers to queries, a projector's for the read models
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

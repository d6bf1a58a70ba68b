package dev.diptych.store.postgres.subscriptions;

import dev.diptych.core.money.Money;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionStatus;
import dev.diptych.core.subscriptions.read.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.SubscriptionSummary;
import dev.diptych.core.subscriptions.read.SubscriptionSummaryProjection;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.RowTable;
import dev.diptych.store.postgres.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Everything about each subscription, in PostgreSQL. Safe for use by many threads. */
public final class PostgresSubscriptionSummaries implements SubscriptionSummaries {

    /** The migrations that this needs. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("subscriptions", 1);

    private static final RowTable<SubscriptionSummary> TABLE = RowTable.named(
                    PostgresSubscriptionSummaries.class,
                    "subscription-summaries",
                    SubscriptionSummary::subscriptionId,
                    PostgresSubscriptionSummaries::row)
            .column("text", SubscriptionSummary::subscriptionId)
            .column("text", SubscriptionSummary::customerId)
            .column("text", SubscriptionSummary::plan)
            .column("numeric", subscription -> subscription.monthlyPrice().amount())
            .column("text", subscription -> subscription.status().name())
            .column("timestamptz", SubscriptionSummary::startedAt)
            .column("int8", SubscriptionSummary::version)
            .column("int8", SubscriptionSummary::position)
            .build();

    private static final View<SubscriptionSummary> BY_KEY = View.of(
            PostgresSubscriptionSummaries.class,
            "subscription-summaries.load.sql",
            SubscriptionSummaryProjection.NAME,
            PostgresSubscriptionSummaries::row);

    private final Database reader;

    /** The rows as a reader sees them. */
    public PostgresSubscriptionSummaries(Database reader) {
        this.reader = reader;
    }

    /** What keeps the rows up to date, as a projector. */
    public static ReadModelStore readModel(Database projector) {
        return new PostgresReadModel<>(projector, new SubscriptionSummaryProjection(), TABLE);
    }

    @Override
    public Answer<Optional<SubscriptionSummary>> find(String subscriptionId) {
        return BY_KEY.find(reader, subscriptionId);
    }

    private static SubscriptionSummary row(ResultSet row) throws SQLException {
        return new SubscriptionSummary(
                row.getString("subscription_id"),
                row.getString("customer_id"),
                row.getString("plan"),
                new Money(row.getBigDecimal("monthly_price")),
                SubscriptionStatus.valueOf(row.getString("status")),
                Columns.instant(row, "started_at"),
                row.getLong("version"),
                row.getLong("position"));
    }
}

package dev.diptych.store.postgres.subscriptions;

import dev.diptych.core.money.Money;
import dev.diptych.core.query.Answer;
import dev.diptych.core.subscriptions.read.SubscriptionStatus;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaries;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummary;
import dev.diptych.core.subscriptions.read.summary.SubscriptionSummaryProjection;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.readmodels.RowTable;
import dev.diptych.store.postgres.readmodels.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The summaries of subscriptions in PostgreSQL. Thread-safe. */
record PostgresSubscriptionSummaries(Database reader) implements SubscriptionSummaries {

    static final RowTable<SubscriptionSummary> TABLE = RowTable.named(
                    "subscription_summaries",
                    "subscription_id",
                    SubscriptionSummary::subscriptionId,
                    PostgresSubscriptionSummaries::row)
            .column("customer_id", "text", SubscriptionSummary::customerId)
            .column("plan", "text", SubscriptionSummary::plan)
            .column(
                    "monthly_price",
                    "numeric",
                    subscription -> subscription.monthlyPrice().amount())
            .column("status", "text", subscription -> subscription.status().name())
            .column("started_at", "timestamptz", SubscriptionSummary::startedAt)
            .column("version", "int8", SubscriptionSummary::version)
            .column("position", "int8", SubscriptionSummary::position);

    private static final View<SubscriptionSummary> BY_KEY = View.byKey(TABLE, SubscriptionSummaryProjection.NAME);

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

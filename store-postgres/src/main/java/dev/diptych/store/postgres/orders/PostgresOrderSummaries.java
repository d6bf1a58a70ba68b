package dev.diptych.store.postgres.orders;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.json.JsonText;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.summary.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.summary.OrderSummaries;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.query.Answer;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.readmodels.RowTable;
import dev.diptych.store.postgres.readmodels.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The summaries of orders in PostgreSQL. Thread-safe. */
record PostgresOrderSummaries(Database reader) implements OrderSummaries {

    private static final JsonText<List<OrderItem>> ITEMS = StoredEvents.codec().listOf(OrderItem.class);

    static final RowTable<OrderSummary> TABLE = RowTable.named(
                    "order_summaries", "order_id", OrderSummary::orderId, PostgresOrderSummaries::row)
            .column("customer_id", "text", OrderSummary::customerId)
            .column("status", "text", order -> order.status().name())
            .column("items", "json", order -> ITEMS.write(order.items()))
            .column("total", "numeric", order -> order.total().amount())
            .column("cancel_reason", "text", OrderSummary::cancelReason)
            .column("placed_at", "timestamptz", OrderSummary::placedAt)
            .column("updated_at", "timestamptz", OrderSummary::updatedAt)
            .column("version", "int8", OrderSummary::version)
            .column("position", "int8", OrderSummary::position)
            .insertingNew();

    private static final View<OrderSummary> BY_KEY = View.byKey(TABLE, OrderSummaryProjection.NAME);
    private static final View<OrderSummary> CHANGES = View.of(
            PostgresOrderSummaries.class,
            "order-summaries.changes.sql",
            OrderSummaryProjection.NAME,
            PostgresOrderSummaries::row);

    @Override
    public Answer<Optional<OrderSummary>> find(String orderId) {
        return BY_KEY.find(reader, orderId);
    }

    @Override
    public Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query) {
        return CHANGES.list(reader, statement -> {
            statement.setLong(1, query.after());
            statement.setInt(2, query.limit());
        });
    }

    private static OrderSummary row(ResultSet row) throws SQLException {
        return new OrderSummary(
                row.getString("order_id"),
                row.getString("customer_id"),
                OrderStatus.valueOf(row.getString("status")),
                ITEMS.read(row.getString("items")),
                new Money(row.getBigDecimal("total")),
                row.getString("cancel_reason"),
                Columns.instant(row, "placed_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("version"),
                row.getLong("position"));
    }
}

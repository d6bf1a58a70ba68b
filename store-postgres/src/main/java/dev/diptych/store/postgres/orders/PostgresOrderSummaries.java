package dev.diptych.store.postgres.orders;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.json.JsonList;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.OrderSummaries;
import dev.diptych.core.orders.read.OrderSummary;
import dev.diptych.core.orders.read.OrderSummaryProjection;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresReadModel;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.RowTable;
import dev.diptych.store.postgres.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Everything about each order, in PostgreSQL. Safe for use by many threads. */
public final class PostgresOrderSummaries implements OrderSummaries {

    /** The migrations that this and the other read models of orders need. */
    public static final PostgresSchema.Component SCHEMA = new PostgresSchema.Component("orders", 4);

    private static final View<OrderSummary> BY_KEY = view("load");
    private static final View<OrderSummary> CHANGES = view("changes");
    private static final JsonList<OrderItem> ITEMS = StoredEvents.codec().listOf(OrderItem.class);

    private static final RowTable<OrderSummary> TABLE = RowTable.named(
                    PostgresOrderSummaries.class, "order-summaries", OrderSummary::orderId, PostgresOrderSummaries::row)
            .column("text", OrderSummary::orderId)
            .column("text", OrderSummary::customerId)
            .column("text", order -> order.status().name())
            .column("text", order -> ITEMS.write(order.items()))
            .column("numeric", order -> order.total().amount())
            .column("text", OrderSummary::cancelReason)
            .column("int8", order -> Columns.micros(order.placedAt()))
            .column("int8", order -> Columns.micros(order.updatedAt()))
            .column("int8", OrderSummary::version)
            .column("int8", OrderSummary::position)
            .adding()
            .build();

    private final Database reader;

    /** The rows as a reader sees them. */
    public PostgresOrderSummaries(Database reader) {
        this.reader = reader;
    }

    /** What keeps the rows up to date, as a projector. */
    public static ReadModelStore readModel(Database projector) {
        return new PostgresReadModel<>(projector, new OrderSummaryProjection(), TABLE);
    }

    @Override
    public Answer<Optional<OrderSummary>> find(String orderId) {
        return BY_KEY.find(reader, orderId);
    }

    @Override
    public Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query) {
        return CHANGES.ask(reader, statement -> {
            statement.setLong(1, query.after());
            statement.setInt(2, query.limit());
        });
    }

    private static View<OrderSummary> view(String which) {
        return View.of(
                PostgresOrderSummaries.class,
                "order-summaries." + which + ".sql",
                OrderSummaryProjection.NAME,
                PostgresOrderSummaries::row);
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

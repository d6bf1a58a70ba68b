package dev.diptych.store.postgres.orders;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.list.ListOrderChanges;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.list.OrderList;
import dev.diptych.core.orders.read.list.OrderListItem;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.readmodels.RowTable;
import dev.diptych.store.postgres.readmodels.View;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The list of orders in PostgreSQL, with one statement for each combination of filters. Thread-safe. */
record PostgresOrderList(Database reader) implements OrderList {

    private static final View<OrderListItem> ALL = view("all");
    private static final View<OrderListItem> BY_CUSTOMER = view("by-customer");
    private static final View<OrderListItem> BY_STATUS = view("by-status");
    private static final View<OrderListItem> BY_CUSTOMER_AND_STATUS = view("by-customer-and-status");
    private static final View<OrderListItem> CHANGES = view("changes");

    static final RowTable<OrderListItem> TABLE = RowTable.named(
                    "order_list", "order_id", OrderListItem::orderId, PostgresOrderList::row)
            .column("customer_id", "text", OrderListItem::customerId)
            .column("status", "text", order -> order.status().name())
            .column("item_count", "int4", OrderListItem::itemCount)
            .column("total", "numeric", order -> order.total().amount())
            .column("placed_at", "timestamptz", OrderListItem::placedAt)
            .column("updated_at", "timestamptz", OrderListItem::updatedAt)
            .column("version", "int8", OrderListItem::version)
            .column("position", "int8", OrderListItem::position)
            .insertingNew();

    @Override
    public Answer<Page<OrderListItem>> list(ListOrders query) {
        return viewFor(query)
                .list(reader, statement -> bind(statement, query))
                .map(rows -> Page.of(rows, query.limit()));
    }

    @Override
    public Answer<List<OrderListItem>> changes(ListOrderChanges query) {
        return CHANGES.list(reader, statement -> {
            statement.setLong(1, query.after());
            statement.setInt(2, query.limit());
        });
    }

    private static View<OrderListItem> viewFor(ListOrders query) {
        if (query.customerId().isPresent()) {
            return query.status().isPresent() ? BY_CUSTOMER_AND_STATUS : BY_CUSTOMER;
        }
        return query.status().isPresent() ? BY_STATUS : ALL;
    }

    private static void bind(PreparedStatement statement, ListOrders query) throws SQLException {
        int next = 1;
        if (query.customerId().isPresent()) {
            statement.setString(next++, query.customerId().get());
        }
        if (query.status().isPresent()) {
            statement.setString(next++, query.status().get().name());
        }
        if (query.after().isPresent()) {
            Columns.set(statement, next++, query.after().get().placedAt());
            statement.setString(next++, query.after().get().orderId());
        } else {
            Columns.setInfinity(statement, next++);
            statement.setString(next++, "");
        }
        statement.setInt(next, query.limit() + 1);
    }

    private static OrderListItem row(ResultSet row) throws SQLException {
        return new OrderListItem(
                row.getString("order_id"),
                row.getString("customer_id"),
                OrderStatus.valueOf(row.getString("status")),
                row.getInt("item_count"),
                new Money(row.getBigDecimal("total")),
                Columns.instant(row, "placed_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("version"),
                row.getLong("position"));
    }

    private static View<OrderListItem> view(String which) {
        return View.of(
                PostgresOrderList.class,
                "order-list." + which + ".sql",
                OrderListProjection.NAME,
                PostgresOrderList::row);
    }
}

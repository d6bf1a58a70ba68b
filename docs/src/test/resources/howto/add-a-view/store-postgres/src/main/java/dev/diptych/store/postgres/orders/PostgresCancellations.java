package dev.diptych.store.postgres.orders;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.cancellations.Cancellation;
import dev.diptych.core.orders.read.cancellations.Cancellations;
import dev.diptych.core.orders.read.cancellations.CancellationsProjection;
import dev.diptych.core.orders.read.cancellations.ListCancellations;
import dev.diptych.core.query.Answer;
import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.readmodels.RowTable;
import dev.diptych.store.postgres.readmodels.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The orders that were cancelled, in PostgreSQL. Thread-safe. */
record PostgresCancellations(Database reader) implements Cancellations {

    static final RowTable<Cancellation> TABLE = RowTable.named(
                    "cancellations", "order_id", Cancellation::orderId, PostgresCancellations::row)
            .column("customer_id", "text", Cancellation::customerId)
            .column("total", "numeric", order -> order.total().amount())
            .column("reason", "text", Cancellation::reason)
            .column("cancelled_at", "timestamptz", Cancellation::cancelledAt)
            .column("position", "int8", Cancellation::position);

    private static final View<Cancellation> LIST = View.of(
            PostgresCancellations.class,
            "cancellations.list.sql",
            CancellationsProjection.NAME,
            PostgresCancellations::row);

    @Override
    public Answer<List<Cancellation>> list(ListCancellations query) {
        return LIST.list(reader, statement -> statement.setInt(1, query.limit()));
    }

    private static Cancellation row(ResultSet row) throws SQLException {
        return new Cancellation(
                row.getString("order_id"),
                row.getString("customer_id"),
                new Money(row.getBigDecimal("total")),
                row.getString("reason"),
                Columns.instant(row, "cancelled_at"),
                row.getLong("position"));
    }
}
